using System.Security.Claims;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Authorization;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Marks an authorized call. A gRPC method refuses a call without it.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="policy">What let the call in.</param>
internal sealed class AuthorizedCall(ClaimsPrincipal caller, AuthorizationPolicy policy)
{
    /// <summary>The caller for the audit log, with the role that allows the call. Of a policy of roles.</summary>
    public Actor Actor => new(
        caller.Identity!.Name!,
        Enum.Parse<ActorRole>(CallAuthorization.RolesOf(policy).First(caller.IsInRole), ignoreCase: true),
        (caller.Identity as RoleIdentity)?.Proof);
}
