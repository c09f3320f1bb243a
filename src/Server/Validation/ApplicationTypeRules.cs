using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// <c>application_type</c> and what it allows in <c>redirect_uris</c>: OpenID Connect Registration section 2, RFC 8252 section 7,
/// RFC 9700 section 2.6.
/// </summary>
internal static class ApplicationTypeRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        switch (registered.ApplicationType)
        {
            case ApplicationTypes.Web:
                CheckWeb(registered, policy, violations);
                break;
            case ApplicationTypes.Native:
                CheckNative(registered, policy, violations);
                break;
            default:
                violations.Add(
                    CoreMembers.ApplicationType,
                    $"application_type has the unsupported value {Excerpt.Of(registered.ApplicationType)}. Supported: web, native.");
                break;
        }
    }

    private static void CheckWeb(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var usesImplicit = registered.GrantTypes.Contains(GrantTypes.Implicit);
        if (registered.RedirectUris.Count > policy.Limits.RedirectUris)
        {
            return;
        }

        for (var i = 0; i < registered.RedirectUris.Count; i++)
        {
            var uri = registered.RedirectUris[i];
            if (uri.Kind is RedirectUriKind.HttpLoopback or RedirectUriKind.PrivateUse)
            {
                Add(i, uri, "is for native apps; a client of application_type web needs https", violations);
            }
            else if (uri.Kind is RedirectUriKind.HttpsLoopback && usesImplicit)
            {
                Add(
                    i,
                    uri,
                    "is on loopback; a client of application_type web that uses the implicit grant needs another host",
                    violations);
            }
        }
    }

    private static void CheckNative(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (policy.Compatibility || registered.RedirectUris.Count > policy.Limits.RedirectUris)
        {
            return;
        }

        for (var i = 0; i < registered.RedirectUris.Count; i++)
        {
            if (registered.RedirectUris[i].Kind is RedirectUriKind.HttpsLoopback)
            {
                Add(
                    i,
                    registered.RedirectUris[i],
                    "uses https on loopback; a native app uses http there (RFC 8252 section 7.3)",
                    violations);
            }
        }
    }

    private static void Add(int index, RedirectUri uri, string fault, Violations violations) =>
        violations.Add(CoreMembers.RedirectUris, index, $"{RedirectUriRules.Label(index, uri.Text)} {fault}.");
}
