using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>
/// What the cookie of a session says that began at the OpenID provider: who, with which roles, until when, and a proof that is computed
/// from the client secret and the other settings of the provider, so that such sessions end when one of these is changed, and cannot be
/// made or prolonged by whoever has read the keys that encrypt cookies.
/// </summary>
internal sealed class ProviderSessions(OpenIdProvider provider)
{
    private const string UserClaim = "provider-user";
    private const string ProofClaim = "provider-proof";

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes("GrpcDcr console session\n" + provider.Fingerprint()));

    /// <param name="user">A user with roles of administrators.</param>
    /// <param name="end">When the session ends at the latest.</param>
    public IEnumerable<Claim> ClaimsOf(RoleIdentity user, DateTimeOffset end)
    {
        var text = JsonSerializer.Serialize(new ProviderUser(
            user.Name!, [.. user.FindAll(user.RoleClaimType).Select(role => role.Value)], user.Proof.Issuer, user.Proof.Subject, end));
        return [new Claim(ClaimTypes.Name, user.Name!), new Claim(UserClaim, text), new Claim(ProofClaim, ProofOf(text))];
    }

    /// <summary>Who it is; <see langword="null"/> if the session is over, or is not one of this provider as it is configured now.</summary>
    public RoleIdentity? IdentityOf(ClaimsPrincipal principal, DateTimeOffset now) =>
        principal.FindFirstValue(UserClaim) is { } text
        && principal.FindFirstValue(ProofClaim) is { } proof
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(ProofOf(text)))
        && JsonSerializer.Deserialize<ProviderUser>(text) is { } user
        && now < user.End
            ? new RoleIdentity(
                user.Name, user.Roles, ProviderSignIn.Scheme, new ActorProof(AuthenticationMethod.Jwt, user.Issuer, user.Subject))
            : null;

    private string ProofOf(string text) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private sealed record ProviderUser(string Name, IReadOnlyList<string> Roles, string Issuer, string Subject, DateTimeOffset End);
}
