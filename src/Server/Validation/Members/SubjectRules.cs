using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// <c>subject_type</c> and <c>sector_identifier_uri</c>: OpenID Connect Registration sections 2 and 5, OpenID Connect Core section 8.1.
/// Registration fetches and checks the document that <c>sector_identifier_uri</c> names.
/// </summary>
internal static class SubjectRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var sector = registered.Text(SectorIdentifierUri);
        if (sector is not null && HttpsUri.Fault(sector, policy.Limits.UriLength) is { } fault)
        {
            violations.Add(SectorIdentifierUri, $"{SectorIdentifierUri} {fault}.");
        }

        var type = registered.Text(SubjectType);
        if (type is not null && !policy.Capabilities.Of(SubjectType).Contains(type))
        {
            violations.Add(
                SubjectType,
                $"{SubjectType} has the unsupported value {Excerpt.Of(type)}. Supported: {policy.Capabilities.Of(SubjectType)}.");
        }
        else if (type == SubjectTypes.Pairwise && sector is null && !HasOneSector(registered, policy))
        {
            violations.Add(
                SubjectType,
                $"{SubjectType} is pairwise, but the redirect URIs are not all on one host; name their sector by {SectorIdentifierUri} "
                + "(OpenID Connect Core section 8.1).");
        }
    }

    /// <summary>Whether the redirect URIs, or <c>jwks_uri</c> for clients without them (CIBA Core section 4), have one host.</summary>
    private static bool HasOneSector(ClientMetadata registered, RegistrationPolicy policy)
    {
        if (registered.RedirectUris.Count > policy.Limits.RedirectUris)
        {
            return true; // Refused for that already.
        }

        IReadOnlyList<RedirectUri> uris = registered.RedirectUris.Count > 0 ? registered.RedirectUris : [registered.JwksUri ?? ""];
        return uris.Select(uri => uri.Host.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [{ Length: > 0 }];
    }
}
