using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.RateLimiting;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Configures authentication, authorization and rate limits of ASP.NET Core.</summary>
internal static class SecurityExtensions
{
    /// <summary>Lets an issuer of JWTs authenticate administrators and authorization servers.</summary>
    public static void AddJwt(this IServiceCollection services, JwtTrust trust)
    {
        services.AddSingleton(trust);
        services.AddSingleton<JwtIssuerKeys>();
        services.AddSingleton<JwtAuthentication>();
        services.AddHostedService<JwtWarmUp>();
        services.AddAuthentication().AddJwtBearer(JwtAuthentication.Scheme, null, _ => { });
        services.AddOptions<JwtBearerOptions>(JwtAuthentication.Scheme)
            .Configure<JwtTrust, JwtIssuerKeys, TimeProvider>(JwtAuthentication.Configure);
    }

    public static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<RoleTokenLookup>();
        services.AddSingleton<MatcherPolicy, ListenerMatcherPolicy>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, RoleTokenHandler>(RoleTokenHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, RegistrationAccessTokenHandler>(RegistrationAccessTokenHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, InitialAccessTokenHandler>(InitialAccessTokenHandler.Scheme, null);
        services.AddAuthorization(Policies.Configure);
        services.AddSingleton<IPolicyEvaluator, RememberedAuthorization>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, CallAuthorization>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<RegistrationLimiters, RejectionAggregator>(EndpointLimiter.Configure);
    }
}
