using System.Text.Json;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;
using GrpcDcr.Server.Validation.Keys;
using GrpcDcr.Server.Validation.Members;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Registration;

/// <summary>
/// The rules of members that refer to a remote document: <c>sector_identifier_uri</c> (OpenID Connect Registration section 5), and
/// <c>jwks_uri</c> where <see cref="RegistrationPolicy.CheckJwksUri"/> asks for it.
/// </summary>
internal sealed class RemoteDocumentValidator(IDocumentFetcher fetcher)
{
    /// <summary>Fetches and validates the remote documents of metadata.</summary>
    /// <param name="registered">Metadata that <see cref="MetadataRules"/> accepts.</param>
    /// <param name="policy">The policy that accepted it.</param>
    /// <param name="cancellationToken">Stops the fetches.</param>
    /// <returns>The violations; empty if there are none, or if there is nothing to fetch.</returns>
    public ValueTask<IReadOnlyList<Violation>> CheckAsync(
        ClientMetadata registered, RegistrationPolicy policy, CancellationToken cancellationToken) =>
        registered.Text(ExtensionMembers.SectorIdentifierUri) is null && !(policy.CheckJwksUri && registered.JwksUri is not null)
            ? new ValueTask<IReadOnlyList<Violation>>([])
            : FetchAsync(registered, policy, cancellationToken);

    private async ValueTask<IReadOnlyList<Violation>> FetchAsync(
        ClientMetadata registered, RegistrationPolicy policy, CancellationToken cancellationToken)
    {
        var violations = new Violations();
        if (registered.Text(ExtensionMembers.SectorIdentifierUri) is { } sector
            && await ReadAsync(ExtensionMembers.SectorIdentifierUri, sector, violations, cancellationToken) is { } redirects
            && SectorFault(redirects, registered.RedirectUris) is { } fault)
        {
            violations.Add(
                ExtensionMembers.SectorIdentifierUri, $"{ExtensionMembers.SectorIdentifierUri} leads to a document that {fault}.");
        }

        if (policy.CheckJwksUri
            && registered.JwksUri is { } uri
            && await ReadAsync(CoreMembers.JwksUri, uri, violations, cancellationToken) is { } set
            && KeyRules.CheckSet(set, CoreMembers.JwksUri, policy, violations) is { } keys)
        {
            KeyNeeds.CheckAgainst(registered, keys, CoreMembers.JwksUri, policy, violations);
        }

        return violations.Found;
    }

    private async ValueTask<JsonElement?> ReadAsync(string member, string uri, Violations violations, CancellationToken cancellationToken)
    {
        var fetched = await fetcher.FetchAsync(uri, cancellationToken);
        if (fetched.Problem is { } problem)
        {
            violations.Add(member, $"{member} {problem}.");
            return null;
        }

        if (StrictJson.Read(fetched.Bytes.Span, out var fault) is { } value)
        {
            return value;
        }

        violations.Add(member, $"{member} leads to a document that {fault}.");
        return null;
    }

    /// <summary>Strings compare code point by code point once JSON escapes are undone (OpenID Connect Registration section 6).</summary>
    private static string? SectorFault(JsonElement document, IReadOnlyList<RedirectUri> redirectUris)
    {
        if (document.ValueKind != JsonValueKind.Array || document.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.String))
        {
            return "is not a JSON array of strings (OpenID Connect Registration section 5)";
        }

        if (JsonText.Fault(document) is { } fault)
        {
            return fault;
        }

        var listed = document.EnumerateArray().Select(entry => entry.GetString() ?? "").ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < redirectUris.Count; i++)
        {
            if (!listed.Contains(redirectUris[i].Text))
            {
                return $"does not list {RedirectUriRules.Label(i, redirectUris[i].Text)}; it must list all redirect URIs exactly";
            }
        }

        return null;
    }
}
