using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>The mark of an authorized call. A gRPC method that finds none on its call refuses it.</summary>
/// <param name="Name">Who calls; <see langword="null"/> for callers without a role.</param>
/// <param name="Role">The role that allows the call; <see langword="null"/> for callers without one.</param>
internal sealed record AuthorizedCall(string? Name, string? Role)
{
    public static AuthorizedCall Of(ClaimsPrincipal caller, AuthorizationPolicy policy) =>
        CallAuthorization.RolesOf(policy).Find(caller.IsInRole) is { } role ? new(caller.Identity?.Name, role) : new(null, null);
}
