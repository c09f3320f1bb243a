using System.Security.Claims;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>A token of an administrator or an authorization server.</summary>
/// <param name="Name">The actor in the audit log.</param>
/// <param name="Hash">The hash of the token.</param>
/// <param name="Roles">Some of <see cref="Security.Roles"/>.</param>
/// <param name="ExpiresAt">When it expires; <see langword="null"/> for never.</param>
internal sealed record RoleToken(string Name, SecretHash Hash, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Who calls with it. All calls share it: nothing adds claims to it.</summary>
    public ClaimsIdentity Identity { get; } = new(
        [new Claim(ClaimTypes.Name, Name), .. Roles.Select(role => new Claim(ClaimTypes.Role, role))], RoleTokenHandler.Scheme);
}
