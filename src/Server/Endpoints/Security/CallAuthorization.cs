using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Marks authorized calls, and refuses all others in the error format of their listener.</summary>
internal sealed class CallAuthorization : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Without a route there is nothing to protect: routing itself answers 404 or 405.
        if (context.GetEndpoint() is RouteEndpoint)
        {
            if (!authorizeResult.Succeeded)
            {
                return ListenerErrors.WriteAsync(context, FaultOf(context, policy, authorizeResult));
            }

            context.Features.Set(new AuthorizedCall(context.User, policy));
        }

        return next(context);
    }

    private static RegistrationFault FaultOf(HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result) =>
        context.Features.Get<RegistrationFault>() is { } refused ? refused
        : result.Forbidden && RolesOf(policy).ToList() is { Count: > 0 } roles
            ? new RegistrationFault.RoleForbids(string.Join(" or ", roles))
        : new RegistrationFault.CredentialRequired("A credential");

    internal static IEnumerable<string> RolesOf(AuthorizationPolicy policy) =>
        policy.Requirements.OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles);
}
