using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>
/// Sessions of configured tokens. A session has the name of its token and a proof that is computed from the hash of the token, so that it
/// ends with the token, and cannot be made by whoever has read the keys that encrypt cookies.
/// </summary>
internal sealed class TokenSessions(RoleTokenLookup tokens, TimeProvider time)
{
    private const string ProofClaim = "proof";
    private const string EndKey = "end";

    private static readonly byte[] Purpose = "GrpcDcr console session"u8.ToArray();

    private static readonly string[] ConsoleRoles = [Roles.Admin, Roles.Approver, Roles.Viewer];

    /// <summary>Whether the token has a role of an administrator.</summary>
    public static bool IsForAdministrators(RoleToken token) => token.Roles.Intersect(ConsoleRoles).Any();

    public Task StartAsync(HttpContext http, RoleToken token)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, token.Name), new Claim(ProofClaim, Convert.ToBase64String(ProofOf(token)))],
            Policies.SessionScheme);
        var properties = new AuthenticationProperties();
        properties.SetString(EndKey, (time.GetUtcNow() + ConsoleOptions.LongestSession).ToString("O", CultureInfo.InvariantCulture));
        return http.SignInAsync(Policies.SessionScheme, new ClaimsPrincipal(identity), properties);
    }

    /// <summary>Replaces what the cookie says by the token as it is configured now; ends the session if it has none any more.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (TokenOf(context) is { } token)
        {
            context.ReplacePrincipal(new ClaimsPrincipal(token.Identity));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Policies.SessionScheme);
    }

    private RoleToken? TokenOf(CookieValidatePrincipalContext context) =>
        context.Principal is { Identity.Name: { } name } principal
        && context.Properties.GetString(EndKey) is { } end
        && time.GetUtcNow() < DateTimeOffset.Parse(end, CultureInfo.InvariantCulture)
        && tokens.Named(name) is { } token
        && IsForAdministrators(token)
        && principal.FindFirstValue(ProofClaim) is { } proof
        && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(proof), ProofOf(token))
            ? token
            : null;

    private static byte[] ProofOf(RoleToken token) => HMACSHA256.HashData(token.Hash.Bytes.Span, Purpose);
}
