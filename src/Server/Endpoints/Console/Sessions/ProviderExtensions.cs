using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Fetching;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>Lets administrators sign in at an OpenID provider: authorization code with PKCE (RFC 7636), state and nonce.</summary>
internal static class ProviderExtensions
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How far the clock of the provider may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <param name="services">The service collection, with <see cref="FetchingExtensions.AddOpenIdProviderRequests"/>.</param>
    /// <param name="provider">The provider.</param>
    public static void AddOpenIdProvider(this IServiceCollection services, OpenIdProvider provider)
    {
        services.AddSingleton(provider);
        services.AddSingleton<ProviderSessions>();
        services.AddSingleton<ProviderEvents>();
        services.AddSingleton<ProviderSignIn>();
        services.AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddOptions<OpenIdConnectOptions>(ProviderSignIn.Scheme)
            .Configure<OpenIdProvider, TimeProvider, IServiceProvider>(Configure)
            .PostConfigure<OpenIdProvider>((options, configured) =>
                options.ConfigurationManager = new ProviderMetadata(options.ConfigurationManager!, configured));
    }

    private static void Configure(OpenIdConnectOptions options, OpenIdProvider provider, TimeProvider time, IServiceProvider services)
    {
        options.Authority = provider.Authority;
        options.RequireHttpsMetadata = provider.Plain is null;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret.Reveal();
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.CallbackPath = ProviderSignIn.CallbackPath;
        options.SignInScheme = Policies.SessionScheme;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        options.ClaimActions.Clear();
        options.Scope.Clear();
        foreach (var scope in provider.Scopes)
        {
            options.Scope.Add(scope);
        }

        options.TimeProvider = time;
        options.EventsType = typeof(ProviderEvents);
        options.BackchannelHttpHandler = services.GetRequiredKeyedService<HttpMessageHandler>(FetchingExtensions.ForOpenIdProvider);
        options.BackchannelTimeout = RequestTimeout;
        options.TokenValidationParameters.ValidAlgorithms = JwtAuthentication.Algorithms;
        options.TokenValidationParameters.LifetimeValidator = JwtAuthentication.LifetimeBy(time, ClockSkew);
        Restrict(options.CorrelationCookie, "grpcdcr-correlation.");
        Restrict(options.NonceCookie, "grpcdcr-nonce.");
    }

    /// <summary>As the other cookies of the console, but the browser must send these when the provider sends it back.</summary>
    private static void Restrict(CookieBuilder cookie, string name)
    {
        SessionCookie.Restrict(cookie);
        cookie.Name = name;
        cookie.SameSite = SameSiteMode.Lax;
    }
}
