using System.Collections.Frozen;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// What a software statement may state. No metadata are the claims of RFC 7519 section 4.1, what the service issues (RFC 7591 section
/// 3.2.1), and a statement within the statement.
/// </summary>
internal static class StatedMembers
{
    private static readonly FrozenSet<string> JwtClaims =
        new[] { "iss", "sub", "aud", "exp", "nbf", "iat", "jti" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The members that specifications define, by name.</summary>
    public static FrozenDictionary<string, StatedMember> All { get; } = Core()
        .Concat(ExtensionMembers.Kinds.Select(member => new StatedMember.OfExtension(member.Key, member.Value)))
        .ToFrozenDictionary(member => member.Name, StringComparer.Ordinal);

    /// <summary>Whether a claim of this name is metadata.</summary>
    /// <param name="name">The name.</param>
    /// <param name="own">The members of the deployment's own.</param>
    public static bool Has(string name, AllowedValues own) => All.ContainsKey(name) || (own.Contains(name) && !JwtClaims.Contains(name));

    /// <summary>The member; any that specifications do not define is one of the deployment's own, of any JSON type.</summary>
    public static StatedMember Of(string name) => All.GetValueOrDefault(name) ?? new StatedMember.OfExtension(name, kind: null);

    private static IEnumerable<StatedMember> Core() =>
    [
        Texts(MemberNames.RedirectUris, metadata => metadata.RedirectUris, (metadata, value) => metadata with { RedirectUris = value }),
        Texts(MemberNames.GrantTypes, metadata => metadata.GrantTypes, (metadata, value) => metadata with { GrantTypes = value }),
        Texts(MemberNames.ResponseTypes, metadata => metadata.ResponseTypes, (metadata, value) => metadata with { ResponseTypes = value }),
        Texts(MemberNames.Contacts, metadata => metadata.Contacts, (metadata, value) => metadata with { Contacts = value }),
        Text(
            MemberNames.TokenEndpointAuthMethod,
            metadata => metadata.TokenEndpointAuthMethod,
            (metadata, value) => metadata with { TokenEndpointAuthMethod = value }),
        Text(MemberNames.ClientName, metadata => metadata.ClientName, (metadata, value) => metadata with { ClientName = value }),
        Text(MemberNames.ClientUri, metadata => metadata.ClientUri, (metadata, value) => metadata with { ClientUri = value }),
        Text(MemberNames.LogoUri, metadata => metadata.LogoUri, (metadata, value) => metadata with { LogoUri = value }),
        Text(MemberNames.TosUri, metadata => metadata.TosUri, (metadata, value) => metadata with { TosUri = value }),
        Text(MemberNames.PolicyUri, metadata => metadata.PolicyUri, (metadata, value) => metadata with { PolicyUri = value }),
        Text(MemberNames.Scope, metadata => metadata.Scope, (metadata, value) => metadata with { Scope = value }),
        Text(MemberNames.JwksUri, metadata => metadata.JwksUri, (metadata, value) => metadata with { JwksUri = value }),
        Text(MemberNames.SoftwareId, metadata => metadata.SoftwareId, (metadata, value) => metadata with { SoftwareId = value }),
        Text(
            MemberNames.SoftwareVersion,
            metadata => metadata.SoftwareVersion,
            (metadata, value) => metadata with { SoftwareVersion = value }),
        Text(
            MemberNames.ApplicationType,
            metadata => metadata.ApplicationType,
            (metadata, value) => metadata with { ApplicationType = value }),
        new StatedMember.OfKeys(),
    ];

    private static StatedMember.OfText Text(
        string name, Func<ClientMetadata, string?> get, Func<ClientMetadata, string?, ClientMetadata> with) => new(name, get, with);

    private static StatedMember.OfTexts Texts(
        string name, Func<ClientMetadata, IReadOnlyList<string>> get, Func<ClientMetadata, IReadOnlyList<string>, ClientMetadata> with) =>
        new(name, get, with);
}
