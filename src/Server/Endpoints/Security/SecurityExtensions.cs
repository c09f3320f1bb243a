using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Configures authentication, authorization and rate limits of ASP.NET Core.</summary>
internal static class SecurityExtensions
{
    public static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<RoleTokenLookup>();
        services.AddSingleton<MatcherPolicy, ListenerMatcherPolicy>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, RoleTokenHandler>(RoleTokenHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, RegistrationAccessTokenHandler>(RegistrationAccessTokenHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, InitialAccessTokenHandler>(InitialAccessTokenHandler.Scheme, null);
        services.AddAuthorization(Policies.Configure);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, CallAuthorization>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<RegistrationLimiters, RejectionAggregator>(EndpointLimiter.Configure);
    }
}
