using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>
/// Sessions of configured tokens, and of users of the OpenID provider. A session of a token has the name of its token and a proof that is
/// computed from the hash of the token, so that it ends with the token, and cannot be made by whoever has read the keys that encrypt
/// cookies.
/// </summary>
internal sealed class TokenSessions(RoleTokenLookup tokens, TimeProvider time, ProviderSessions? provider = null)
{
    private const string ProofClaim = "proof";
    private const string EndKey = "end";

    private static readonly byte[] Purpose = "GrpcDcr console session"u8.ToArray();

    private static readonly string[] ConsoleRoles = [Roles.Admin, Roles.Approver, Roles.Viewer];

    /// <summary>The roles of administrators, for people.</summary>
    public static string NamesOfRoles { get; } = $"{string.Join(", ", ConsoleRoles[..^1])} and {ConsoleRoles[^1]}";

    /// <summary>Whether someone has a role of an administrator.</summary>
    public static bool IsForAdministrators(ClaimsIdentity user) =>
        Array.Exists(ConsoleRoles, role => user.HasClaim(user.RoleClaimType, role));

    public Task StartAsync(HttpContext http, RoleToken token) => StartAsync(
        http,
        [new Claim(ClaimTypes.Name, token.Name), new Claim(ProofClaim, Convert.ToBase64String(ProofOf(token)))],
        time.GetUtcNow() + ConsoleOptions.LongestSession);

    /// <param name="http">The request.</param>
    /// <param name="user">A user of the OpenID provider with a role of an administrator.</param>
    public Task StartAsync(HttpContext http, RoleIdentity user)
    {
        var end = time.GetUtcNow() + ConsoleOptions.LongestSession;
        return StartAsync(http, provider!.ClaimsOf(user, end), end);
    }

    /// <summary>
    /// Replaces what the cookie says by the token as it is configured now, or by the user of the provider; ends the session if it has none
    /// any more.
    /// </summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (IdentityOf(context) is { } identity)
        {
            context.ReplacePrincipal(new ClaimsPrincipal(identity));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Policies.SessionScheme);
    }

    private static Task StartAsync(HttpContext http, IEnumerable<Claim> claims, DateTimeOffset end)
    {
        var properties = new AuthenticationProperties();
        properties.SetString(EndKey, end.ToString("O", CultureInfo.InvariantCulture));
        return http.SignInAsync(
            Policies.SessionScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Policies.SessionScheme)), properties);
    }

    private ClaimsIdentity? IdentityOf(CookieValidatePrincipalContext context) =>
        context.Principal is { Identity.Name: { } name } principal
        && context.Properties.GetString(EndKey) is { } end
        && time.GetUtcNow() < DateTimeOffset.Parse(end, CultureInfo.InvariantCulture)
            ? TokenOf(principal, name)?.Identity ?? provider?.IdentityOf(principal, time.GetUtcNow())
            : null;

    private RoleToken? TokenOf(ClaimsPrincipal principal, string name) =>
        principal.FindFirstValue(ProofClaim) is { } proof
        && tokens.Named(name) is { } token
        && IsForAdministrators(token.Identity)
        && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(proof), ProofOf(token))
            ? token
            : null;

    private static byte[] ProofOf(RoleToken token) => HMACSHA256.HashData(token.Hash.Bytes.Span, Purpose);
}
