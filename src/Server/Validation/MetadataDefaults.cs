using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Members;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// What registration puts in place of what was asked for (RFC 7591 section 2): defaults for absent members, replacements that the
/// client sees in the answer. An empty string counts as absent (RFC 7592 section 2.2). <c>redirect_uris</c> is never replaced.
/// </summary>
internal static class MetadataDefaults
{
    private static readonly string[] DefaultGrantTypes = [GrantTypes.AuthorizationCode];
    private static readonly string[] DefaultResponseTypes = [ResponseTypes.Code];

    internal static ClientMetadata Apply(ClientMetadata asked, RegistrationPolicy policy)
    {
        var grants = ForGrantTypes(asked.GrantTypes, policy);
        var registered = asked with
        {
            TokenEndpointAuthMethod = Text(asked.TokenEndpointAuthMethod) ?? policy.DefaultAuthMethod,
            GrantTypes = grants,
            ResponseTypes = ForResponseTypes(asked.ResponseTypes, grants, policy),
            Scope = ScopeRules.Collapse(asked.Scope, policy.Limits.ScopeLength) ?? policy.DefaultScope,
            ApplicationType = ForApplicationType(asked, grants, policy),
            ClientName = Text(asked.ClientName),
            ClientUri = Text(asked.ClientUri),
            LogoUri = Text(asked.LogoUri),
            TosUri = Text(asked.TosUri),
            PolicyUri = Text(asked.PolicyUri),
            JwksUri = Text(asked.JwksUri),
            Jwks = asked.Jwks?.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : asked.Jwks,
            SoftwareId = Text(asked.SoftwareId),
            SoftwareVersion = Text(asked.SoftwareVersion),
            Contacts = asked.Contacts.Contains("") ? [.. asked.Contacts.Where(contact => contact.Length > 0)] : asked.Contacts,
            Localized = ForLocalized(asked.Localized, policy),
        };
        return registered with { Extensions = ExtensionDefaults.Apply(registered, policy) };
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>The supported grants, each once. What was asked for stays as it is when none is, so that the rules can name it.</summary>
    private static IReadOnlyList<string> ForGrantTypes(IReadOnlyList<string> asked, RegistrationPolicy policy)
    {
        if (asked.Count == 0)
        {
            return DefaultGrantTypes;
        }

        if (asked.Count > policy.Limits.ListLength)
        {
            return asked;
        }

        var supported = new List<string>(asked.Count);
        foreach (var grant in asked.Select(GrantTypes.Canonical))
        {
            if (policy.GrantTypes.Contains(grant) && !supported.Contains(grant))
            {
                supported.Add(grant);
            }
        }

        return supported.Count > 0 ? supported : asked;
    }

    private static IReadOnlyList<string> ForResponseTypes(IReadOnlyList<string> asked, IReadOnlyList<string> grants, RegistrationPolicy policy) =>
        asked.Count == 0 ? grants.Contains(GrantTypes.AuthorizationCode) ? DefaultResponseTypes : []
        : asked.Count > policy.Limits.ListLength ? asked
        : [.. asked.Select(ResponseTypes.Canonical).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// The default of OpenID Connect Registration section 2 is <c>web</c>. Many native clients rely on it or even say it, so one
    /// that has a redirect URI which no web client can have is registered as what it is, unless policy is strict.
    /// </summary>
    private static string ForApplicationType(ClientMetadata asked, IReadOnlyList<string> grants, RegistrationPolicy policy)
    {
        var type = Text(asked.ApplicationType) ?? ApplicationTypes.Web;
        return type == ApplicationTypes.Web
            && policy.Compatibility
            && asked.RedirectUris.Count <= policy.Limits.RedirectUris
            && !grants.Contains(GrantTypes.Implicit)
            && asked.RedirectUris.Any(RedirectUriKinds.IsForNativeOnly)
                ? ApplicationTypes.Native
                : type;
    }

    private static IReadOnlyDictionary<string, string> ForLocalized(IReadOnlyDictionary<string, string> asked, RegistrationPolicy policy)
    {
        return asked.All(IsKept) ? asked : asked.Where(IsKept).ToDictionary(StringComparer.Ordinal);

        bool IsKept(KeyValuePair<string, string> member) =>
            member.Value.Length > 0
            && LocalizedRules.Translated(member.Key) is { } translated
            && (!ExtensionTable.Rows.TryGetValue(translated, out var row) || row.IsSupported(policy));
    }
}
