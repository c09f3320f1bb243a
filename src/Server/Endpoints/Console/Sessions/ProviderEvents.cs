using System.Security.Claims;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>What becomes of the responses of the OpenID provider: sessions, or pages that say what is wrong.</summary>
internal sealed partial class ProviderEvents(
    OpenIdProvider provider,
    TokenSessions sessions,
    FailedCredentials failed,
    ErrorPages errors,
    Views views,
    ILogger<ProviderEvents> logger)
    : OpenIdConnectEvents
{
    private const string ErrorKey = "error";
    private const string Denied = "access_denied";

    private readonly string _host = provider.Host();

    /// <summary>
    /// The ID token was validated, but for its nonce. The library takes one without a signature too, because it came straight from the
    /// provider (OpenID Connect Core section 3.1.3.7, 6).
    /// </summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = new JsonWebToken(context.TokenEndpointResponse!.IdToken);
        if (token.EncodedSignature.Length == 0 || !JwtAuthentication.Algorithms.Contains(token.Alg))
        {
            context.Fail("The ID token has no signature.");
        }
        else if (JwtClaims.IdentityOf(token, provider.Meanings) is { } user)
        {
            context.Principal = new ClaimsPrincipal(user);
        }
        else
        {
            context.Fail("The ID token does not say who that is.");
        }

        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, user) = (context.HttpContext, (RoleIdentity)context.Principal!.Identity!);
        if (!TokenSessions.IsForAdministrators(user))
        {
            LogWithoutRole(user.Proof.Subject, provider.Meanings.RoleClaim, http.TraceIdentifier);
            await RefuseAsync(http, new RegistrationFault.RoleForbids(TokenSessions.NamesOfRoles), StatusCodes.Status403Forbidden,
                $"{_host} knows you, but gives you no role for the console, which are {TokenSessions.NamesOfRoles}. The claim "
                + $"{Excerpt.Of(provider.Meanings.RoleClaim)} of the ID token must have one of the values of "
                + "Authentication:OpenIdConnect:Roles.");
            return;
        }

        await sessions.StartAsync(http, user);
        LogSignedIn(user.Name!, user.Proof.Subject, user.Proof.Issuer, http.TraceIdentifier);

        // A redirect would belong to the navigation that began at the provider, on which browsers do not send the cookie (SameSite=Strict).
        await views.ShowStepAsync(http, new StepPage(
            "Signed in", $"{_host} says who you are.", OwnPath.Escaped(context.ReturnUri ?? SessionCookie.Path), "Go on to the console",
            IsFollowed: true));
    }

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var (http, failure) = (context.HttpContext, context.Failure!);
        LogFailed(provider.Authority, failure.Message, failure.InnerException?.Message, http.TraceIdentifier);
        if (failure is HttpRequestException or FetchFault or OperationCanceledException or InvalidOperationException)
        {
            await errors.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, ProviderSignIn.Unavailable(_host));
            return;
        }

        var error = failure.Data[ErrorKey] as string;
        await RefuseAsync(
            http, new RegistrationFault.CredentialInvalid("The sign-in"),
            error == Denied ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest,
            error is null
                ? $"The response of {_host} is not acceptable: it belongs to no sign-in that this browser began in the last 15 minutes, or "
                    + "was changed on its way. Begin again."
                : $"{_host} refused the sign-in: {Excerpt.Of(error)}.");
    }

    /// <summary>Counted and recorded as a wrong token.</summary>
    private async Task RefuseAsync(HttpContext http, RegistrationFault fault, int status, string text)
    {
        var counted = await failed.CountRoleTokenAsync(
            fault, http.Connection.RemoteIpAddress, CallOrigin.CallerOf(http, Actor.Unknown), http.RequestAborted);
        await (counted == fault ? errors.RefuseAsync(http, status, text) : errors.WriteAsync(http, counted));
    }

    [LoggerMessage(4012, LogLevel.Information, "{Actor} ({Subject} of {Issuer}) signed in to the console, request {RequestId}")]
    private partial void LogSignedIn(string actor, string subject, string issuer, string requestId);

    [LoggerMessage(4013, LogLevel.Information,
        "{Subject} may not sign in to the console, because the claim {Claim} gives no role for it, request {RequestId}")]
    private partial void LogWithoutRole(string subject, string claim, string requestId);

    [LoggerMessage(4014, LogLevel.Information, "A sign-in at {Authority} failed: {Problem} {Cause}, request {RequestId}")]
    private partial void LogFailed(string authority, string problem, string? cause, string requestId);
}
