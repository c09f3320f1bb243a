using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>A token of an administrator or an authorization server.</summary>
/// <param name="Name">Who acts, in the audit log.</param>
/// <param name="Hash">What is kept of the token itself.</param>
/// <param name="Roles">Some of <see cref="Security.Roles"/>.</param>
/// <param name="ExpiresAt">From when on it is refused; <see langword="null"/> for never.</param>
internal sealed record RoleToken(string Name, SecretHash Hash, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt = null);
