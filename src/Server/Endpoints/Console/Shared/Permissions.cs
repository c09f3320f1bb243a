using System.Security.Claims;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Which pages a user may use, so that others are not offered. The pages themselves are guarded by the same policies.</summary>
internal sealed class Permissions(IOptions<AuthorizationOptions> policies)
{
    /// <param name="user">Who.</param>
    /// <param name="model">The model of a page with a policy for roles.</param>
    public bool Allow(ClaimsPrincipal user, Type model) =>
        policies.Value.GetPolicy(PageModels.PolicyOf(model)) is { } policy && CallAuthorization.RolesOf(policy).Any(user.IsInRole);
}
