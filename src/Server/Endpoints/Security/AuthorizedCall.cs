using System.Security.Claims;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Authorization;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Marks an authorized call. A gRPC method refuses a call without it.</summary>
/// <param name="Name">The name of the caller; <see langword="null"/> for callers without a role.</param>
/// <param name="Role">The role that allows the call; <see langword="null"/> for callers without a role.</param>
/// <param name="Proof">Who vouches for the name; <see langword="null"/> for configured tokens.</param>
internal sealed record AuthorizedCall(string? Name, string? Role, ActorProof? Proof)
{
    public static AuthorizedCall Of(ClaimsPrincipal caller, AuthorizationPolicy policy) =>
        CallAuthorization.RolesOf(policy).FirstOrDefault(caller.IsInRole) is { } role
            ? new(caller.Identity?.Name, role, (caller.Identity as RoleIdentity)?.Proof)
            : new(null, null, null);
}
