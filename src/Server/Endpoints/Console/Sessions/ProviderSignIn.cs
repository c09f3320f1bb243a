using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>
/// Sign-in at the OpenID provider, and sign-out there. The handler of ASP.NET Core is no authentication scheme of the service: it would be
/// asked about every request of every listener then.
/// </summary>
internal sealed partial class ProviderSignIn(
    OpenIdProvider provider, IOptionsMonitor<OpenIdConnectOptions> options, ErrorPages errors, Views views, ILogger<ProviderSignIn> logger)
{
    public const string Scheme = "OpenIdConnect";

    public const string CallbackPath = "/console/signin-oidc";

    /// <summary>Where a session that began at the provider leads when it was ended.</summary>
    public const string SignedOutPath = "/console/signed-out";

    private const string BeginPath = "/console/sign-in/provider";

    public string Host { get; } = provider.Host();

    /// <summary>
    /// The link that begins the sign-in. A form would not do: the content security policy applies to where its response leads, too.
    /// </summary>
    /// <param name="path">The path to go on to; <see langword="null"/> for the first page.</param>
    public static string LinkOf(string? path) =>
        path is null ? BeginPath : $"{BeginPath}?{OwnPath.Parameter}={Uri.EscapeDataString(path)}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (path, answer) in new (string, RequestDelegate)[]
        {
            (BeginPath, BeginAsync), (CallbackPath, ContinueAsync), (SignedOutPath, ShowSignedOutAsync),
        })
        {
            endpoints.MapGet(path, answer).WithMetadata(Listener.Admin).RequireAuthorization(Policies.Everybody);
        }
    }

    private async Task BeginAsync(HttpContext http)
    {
        StrictFields.RequireQuery(http.Request, OwnPath.Parameter);
        var path = http.Request.Query[OwnPath.Parameter].FirstOrDefault();
        OwnPath.Require(path);
        try
        {
            var handler = await HandlerAsync(http);
            await handler.ChallengeAsync(new AuthenticationProperties { RedirectUri = path ?? SessionCookie.Path });
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnavailable(provider.Authority, e.Message, e.InnerException?.Message);
            await errors.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, Unavailable(Host));
        }
    }

    /// <summary>The provider sends its users here. What follows is in <see cref="ProviderEvents"/>.</summary>
    private async Task ContinueAsync(HttpContext http)
    {
        var handler = await HandlerAsync(http);
        if (!await handler.HandleRequestAsync())
        {
            throw new InvalidOperationException("The response of the OpenID provider was not handled.");
        }
    }

    /// <summary>The session at the provider would sign its user in again without a question.</summary>
    private async Task ShowSignedOutAsync(HttpContext http)
    {
        StrictFields.RequireQuery(http.Request);
        var page = await EndSessionEndpointAsync(http) is { } endpoint
            ? new StepPage(
                "Signed out", $"You are signed out of the console. {Host} may ask whether to sign you out there too.",
                QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>
                {
                    [OpenIdConnectParameterNames.ClientId] = provider.ClientId,
                    [OpenIdConnectParameterNames.PostLogoutRedirectUri] =
                        $"{http.Request.Scheme}://{http.Request.Host}{ErrorPages.SignInPath}",
                }),
                $"Sign out of {Host}", IsFollowed: true)
            : new StepPage(
                "Signed out", $"You are signed out of the console. {Host} may still know you in this browser.", ErrorPages.SignInPath,
                "Sign in", IsFollowed: false);
        await views.ShowStepAsync(http, page);
    }

    private async Task<string?> EndSessionEndpointAsync(HttpContext http)
    {
        try
        {
            var metadata = await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
            return Uri.TryCreate(metadata.EndSessionEndpoint, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || (provider.Plain is not null && uri.Scheme == Uri.UriSchemeHttp))
                    ? uri.AbsoluteUri
                    : null;
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnavailable(provider.Authority, e.Message, e.InnerException?.Message);
            return null;
        }
    }

    private static async Task<OpenIdConnectHandler> HandlerAsync(HttpContext http)
    {
        var handler = http.RequestServices.GetRequiredService<OpenIdConnectHandler>();
        await handler.InitializeAsync(new AuthenticationScheme(Scheme, displayName: null, typeof(OpenIdConnectHandler)), http);
        return handler;
    }

    public static string Unavailable(string host) =>
        $"{host} does not answer as an OpenID provider should; the log of the service has the cause. Tokens of the configuration work.";

    [LoggerMessage(4011, LogLevel.Warning, "OPENID_PROVIDER_UNAVAILABLE {Authority}: {Problem} {Cause}")]
    private partial void LogUnavailable(string authority, string problem, string? cause);
}
