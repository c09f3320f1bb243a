using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>An OpenID provider by which administrators sign in to the console.</summary>
/// <param name="Authority">The issuer, which the metadata document must name.</param>
/// <param name="Plain">
/// <c>host:port</c> of a provider on this machine that is asked in plain HTTP; <see langword="null"/> for https.
/// </param>
/// <param name="ClientId">The <c>client_id</c> of the console at the provider.</param>
/// <param name="ClientSecret">The client secret there.</param>
/// <param name="Scopes">The requested scopes.</param>
/// <param name="Meanings">What the claims of ID tokens mean.</param>
internal sealed record OpenIdProvider(
    string Authority, string? Plain, string ClientId, Secret ClientSecret, IReadOnlyList<string> Scopes, ClaimMeanings Meanings)
{
    /// <summary>For people: the host, and the port if it is not that of the scheme.</summary>
    public string Host() => new Uri(Authority).Authority;

    /// <summary>Everything that is configured, so that it can be seen whether it is the same.</summary>
    public string Fingerprint() => string.Join('\n', [
        Authority, ClientId, ClientSecret.Reveal(), Meanings.RoleClaim, Meanings.NameClaim,
        .. Meanings.Roles.OrderBy(roles => roles.Key, StringComparer.Ordinal)
            .Select(roles => $"{roles.Key} {string.Join(' ', roles.Order(StringComparer.Ordinal))}"),
    ]);
}
