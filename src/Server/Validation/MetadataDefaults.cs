using System.Diagnostics;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Members;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Defaults and replacements (RFC 7591 section 2), which the client sees in the response. An empty string counts as absent (RFC 7592
/// section 2.2). <c>redirect_uris</c> is never replaced.
/// </summary>
internal static class MetadataDefaults
{
    private static readonly string[] DefaultGrantTypes = [GrantTypes.AuthorizationCode];
    private static readonly string[] DefaultResponseTypes = [ResponseTypes.Code];

    private static readonly MetadataMember[] FirstSupported =
        [.. MetadataMembers.All.Where(member => member.Default == MemberDefault.FirstSupported)];

    internal static ClientMetadata Apply(ClientMetadata sent, RegistrationPolicy policy)
    {
        var asked = MetadataChoices.Resolve(sent, policy);
        var values = new MemberValues.Builder();
        var grants = asked.GrantTypes.Count == 0 ? DefaultGrantTypes : Narrowing.Grants(asked.GrantTypes, policy);
        var method = Text(asked.TokenEndpointAuthMethod) ?? policy.DefaultAuthMethod;
        foreach (var (member, value) in asked.Values)
        {
            if (IsKept(member, value, method, grants, policy))
            {
                values.Set(member, value);
            }
        }

        values.Set(CoreMembers.GrantTypes, grants);
        values.Set(CoreMembers.TokenEndpointAuthMethod, method);
        values.Set(CoreMembers.ResponseTypes, ForResponseTypes(asked, grants, policy));
        values.Set(CoreMembers.Scope, Narrowing.Scope(asked.Scope, policy) ?? policy.DefaultScope);
        values.Set(CoreMembers.ApplicationType, ForApplicationType(asked, grants, policy));
        if (values[CoreMembers.Contacts] is string[] contacts)
        {
            values.Set(CoreMembers.Contacts, Array.FindAll(contacts, VisibleText.IsIn));
        }

        if (!policy.Capabilities.ArePlain)
        {
            Narrowing.Others(values, policy);
            AddDefaults(values, grants, policy);
        }

        return asked with
        {
            Values = values.Build(),
            Localized = asked.Localized.Count == 0 ? asked.Localized : ForLocalized(asked.Localized, policy),
            Extensions = asked.Extensions.Count == 0 ? asked.Extensions : ForExtensions(asked.Extensions, policy),
            Unreadable = [],
        };
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>Whether the requested value is kept, so that it is registered or refused by the rules.</summary>
    private static bool IsKept(
        MetadataMember member, object value, string method, IReadOnlyList<string> grants, RegistrationPolicy policy) =>
        value is not ""
        && Concerns(member, method, grants)
        && (policy.Supports(member) || (member.Unsupported == Unsupported.Refuse && value is not (false or JoseAlgorithms.None)));

    private static bool Concerns(MetadataMember member, string method, IReadOnlyList<string> grants) => member.Concerned switch
    {
        ClientsConcerned.All => true,
        ClientsConcerned.CertificateClients => method == AuthMethods.TlsClientAuth,
        ClientsConcerned.BackchannelClients => grants.Contains(GrantTypes.Ciba),
        _ => throw new UnreachableException(),
    };

    private static IReadOnlyList<string> ForResponseTypes(
        ClientMetadata asked, IReadOnlyList<string> grants, RegistrationPolicy policy) =>
        asked.ResponseTypes.Count > 0 ? Narrowing.ResponseTypes(asked.ResponseTypes, asked.GrantTypes, grants, policy)
        : grants.Contains(GrantTypes.AuthorizationCode) ? DefaultResponseTypes
        : [];

    /// <summary>
    /// The default of OpenID Connect Registration section 2 is <c>web</c>. Many native clients rely on it or even send it, so a client with
    /// a redirect URI that no web client can have is registered as native, unless policy is strict.
    /// </summary>
    private static string ForApplicationType(ClientMetadata asked, IReadOnlyList<string> grants, RegistrationPolicy policy)
    {
        var type = Text(asked.ApplicationType) ?? ApplicationTypes.Web;
        return type == ApplicationTypes.Web
            && policy.Compatibility
            && asked.RedirectUris.Count <= policy.Limits.RedirectUris
            && !grants.Contains(GrantTypes.Implicit)
            && asked.RedirectUris.Any(uri => uri.IsForNativeOnly)
                ? ApplicationTypes.Native
                : type;
    }

    /// <summary>
    /// Defaults of specifications are registered and shown if the authorization server supports the member, so that both sides know them.
    /// Absent booleans stay absent, which means false.
    /// </summary>
    private static void AddDefaults(MemberValues.Builder values, IReadOnlyList<string> grants, RegistrationPolicy policy)
    {
        foreach (var member in FirstSupported)
        {
            Default(member, policy.Capabilities.Of(member).InOrder is [var first, ..] ? first : null);
        }

        foreach (var row in AlgorithmTable.Signing)
        {
            if (row.Member.Default == MemberDefault.SigningAlgorithm && row.Concerns(grants))
            {
                Default(row.Member, policy.Capabilities.DefaultSigningAlg(row.Member));
            }
        }

        foreach (var row in AlgorithmTable.Encryption)
        {
            if (values[row.AlgMember] is not null && policy.Supports(row.EncMember))
            {
                Default(row.EncMember, JoseAlgorithms.A128CbcHs256);
            }
        }

        void Default(MetadataMember member, string? value) => values.Set(member, values[member] ?? value);
    }

    private static IReadOnlyDictionary<string, string> ForLocalized(IReadOnlyDictionary<string, string> asked, RegistrationPolicy policy)
    {
        return asked.All(IsKept) ? asked : asked.Where(IsKept).ToDictionary(StringComparer.Ordinal);

        bool IsKept(KeyValuePair<string, string> member) =>
            member.Value.Length > 0 && MetadataMembers.FindTranslated(member.Key) is { } translated && policy.Supports(translated);
    }

    /// <summary>
    /// The members that the deployment names. Null and empty values count as absent (RFC 7592 section 2.2). A value that cannot be read as
    /// text is kept, so that the rules refuse it.
    /// </summary>
    private static IReadOnlyDictionary<string, JsonElement> ForExtensions(
        IReadOnlyDictionary<string, JsonElement> asked, RegistrationPolicy policy)
    {
        return asked.All(IsKept) ? asked : asked.Where(IsKept).ToDictionary(StringComparer.Ordinal);

        bool IsKept(KeyValuePair<string, JsonElement> member) =>
            policy.ExtensionMembers.Contains(member.Key)
            && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            && (JsonText.Fault(member.Value) is not null || !IsEmpty(member.Value));
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
