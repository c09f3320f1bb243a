using System.Security.Claims;
using System.Text.Encodings.Web;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Validates the bearer token of a call from its headers alone, before its body is read. A refusal is stored on the call as its fault. If
/// the store is unavailable, the call is refused with a fault that allows a retry.
/// </summary>
internal abstract class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Failures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Who calls.</summary>
    /// <exception cref="RegistrationRefusedException">The credential is missing or invalid.</exception>
    protected abstract ValueTask<ClaimsIdentity> IdentifyAsync(PresentedCredential credential);

    protected sealed override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            var identity = await IdentifyAsync(BearerCredential.Of(Request.Headers.Authorization));
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
        }
        catch (Exception e) when (e is RegistrationRefusedException || !Context.RequestAborted.IsCancellationRequested)
        {
            var fault = failures.FaultOf(e, Context.GetEndpoint()?.DisplayName ?? Scheme.Name);
            Context.Features.Set(fault);
            return AuthenticateResult.Fail(fault.Description);
        }
    }
}
