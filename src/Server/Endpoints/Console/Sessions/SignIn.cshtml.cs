using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>Begins a session with a configured token.</summary>
[ForEverybody]
internal sealed partial class SignInModel(
    RoleTokenLookup tokens, FailedCredentials failed, TokenSessions sessions, ILogger<SignInModel> logger,
    ProviderSignIn? provider = null) : ConsolePage
{
    private const string TokenField = "token";

    /// <summary>The token, which is never shown again.</summary>
    [FromForm(Name = TokenField)]
    public string? Token { get; set; }

    /// <summary>The path to go on to.</summary>
    [FromQuery(Name = OwnPath.Parameter)]
    public string? Return { get; set; }

    /// <summary>The OpenID provider where one may sign in instead; <see langword="null"/> if none is configured.</summary>
    public ProviderSignIn? Provider => provider;

    public void OnGet() => OwnPath.Require(Return);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        OwnPath.Require(Return);
        if (Token?.Trim() is not { Length: > 0 } text)
        {
            return Refuse(StatusCodes.Status400BadRequest, "Enter a token.");
        }

        if (tokens.Find(new Secret(text)) is not { } token)
        {
            var fault = await failed.CountRoleTokenAsync(
                new RegistrationFault.CredentialInvalid("The token"),
                HttpContext.Connection.RemoteIpAddress,
                CallOrigin.CallerOf(HttpContext, Actor.Unknown),
                cancellationToken);
            return fault is RegistrationFault.CredentialInvalid
                ? Refuse(StatusCodes.Status401Unauthorized, fault.Description)
                : throw new RegistrationRefusedException(fault);
        }

        if (!TokenSessions.IsForAdministrators(token.Identity))
        {
            return Refuse(
                StatusCodes.Status403Forbidden, $"This token has no role for the console, which are {TokenSessions.NamesOfRoles}.");
        }

        await sessions.StartAsync(HttpContext, token);
        LogSignedIn(token.Name, HttpContext.TraceIdentifier);
        return SeeOther(Return ?? SessionCookie.Path);
    }

    private IActionResult Refuse(int status, string problem)
    {
        Response.StatusCode = status;
        Problems = [new Violation(TokenField, problem)];
        return Page();
    }

    [LoggerMessage(4001, LogLevel.Information, "{Actor} signed in to the console, request {RequestId}")]
    private partial void LogSignedIn(string actor, string requestId);
}
