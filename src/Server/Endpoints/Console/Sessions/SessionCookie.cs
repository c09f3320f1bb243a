using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>
/// The cookie of a session. The path keeps it from other services on the same host, which share its cookies whatever their port: that rules
/// out the prefix <c>__Host-</c>, which demands the path <c>/</c>. Under TLS it has the prefix <c>__Secure-</c>.
/// </summary>
internal sealed class SessionCookie : ICookieManager
{
    public const string Path = "/console";

    private const string Name = "grpcdcr-session";
    private const string Secure = "__Secure-";

    private readonly ChunkingCookieManager _chunks = new();

    /// <summary>What holds for every cookie of the console.</summary>
    public static void Restrict(CookieBuilder cookie)
    {
        cookie.Path = Path;
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public static void Configure(CookieAuthenticationOptions options, ConsoleOptions console, TokenSessions sessions)
    {
        Restrict(options.Cookie);
        options.Cookie.Name = Name;
        options.CookieManager = new SessionCookie();
        options.ExpireTimeSpan = console.SessionLifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = sessions.ValidateAsync;
        options.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew &= !Following.Is(context.Request);
            return Task.CompletedTask;
        };
        options.ClaimsIssuer = Policies.SessionScheme;
    }

    public string? GetRequestCookie(HttpContext context, string key) => _chunks.GetRequestCookie(context, NameIn(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _chunks.AppendResponseCookie(context, NameIn(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _chunks.DeleteCookie(context, NameIn(context, key), options);

    private static string NameIn(HttpContext context, string key) => context.Request.IsHttps ? Secure + key : key;
}
