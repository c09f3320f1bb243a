using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Primitives;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Evaluates policies as ASP.NET Core does, and remembers for each of them the last role token that it let in: an authorization server
/// presents the same one in every call, and what a policy of roles says of it does not change. Whether the token is still valid is asked in
/// every call.
/// </summary>
internal sealed class RememberedAuthorization(IAuthorizationService authorization, RoleTokenLookup tokens) : PolicyEvaluator(authorization)
{
    private readonly ConditionalWeakTable<AuthorizationPolicy, Decision> _decisions = [];

    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        if (_decisions.TryGetValue(policy, out var decision)
            && decision.IsAbout(context.Request.Headers.Authorization)
            && tokens.IsValid(decision.Token))
        {
            context.User = decision.Caller;
            return decision.Authenticated;
        }

        return base.AuthenticateAsync(policy, context);
    }

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        _decisions.TryGetValue(policy, out var decision) && decision.Caller == context.User
            ? decision.Authorized
            : DecideAsync(policy, authenticationResult, context, resource);

    private async Task<PolicyAuthorizationResult> DecideAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticated, HttpContext context, object? resource)
    {
        var authorized = await base.AuthorizeAsync(policy, authenticated, context, resource);
        if (authorized.Succeeded && TokenOf(context.User, policy) is { } token)
        {
            _decisions.AddOrUpdate(
                policy, new Decision(context.Request.Headers.Authorization.ToString(), token, context.User, authenticated, authorized));
        }

        return authorized;
    }

    /// <summary>The token that alone decides; <see langword="null"/> if anything else does.</summary>
    private RoleToken? TokenOf(ClaimsPrincipal caller, AuthorizationPolicy policy) =>
        policy.AuthenticationSchemes is [RoleTokenHandler.Scheme]
            && policy.Requirements.All(requirement => requirement is RolesAuthorizationRequirement)
            && tokens.Named(caller.Identity!.Name!) is { } token
            && token.Identity == caller.Identity
                ? token
                : null;

    /// <param name="header">The <c>Authorization</c> header that has the token.</param>
    /// <param name="token">What let the caller in.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="authenticated">What ASP.NET Core said of the header.</param>
    /// <param name="authorized">What it said of the caller.</param>
    private sealed class Decision(
        string header, RoleToken token, ClaimsPrincipal caller, AuthenticateResult authenticated, PolicyAuthorizationResult authorized)
    {
        public RoleToken Token => token;

        public ClaimsPrincipal Caller => caller;

        public Task<AuthenticateResult> Authenticated { get; } = Task.FromResult(authenticated);

        public Task<PolicyAuthorizationResult> Authorized { get; } = Task.FromResult(authorized);

        public bool IsAbout(StringValues presented) => presented is [{ } value]
            && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(value.AsSpan()), MemoryMarshal.AsBytes(header.AsSpan()));
    }
}
