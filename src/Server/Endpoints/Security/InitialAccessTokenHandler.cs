using System.Security.Claims;
using System.Text.Encodings.Web;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Authenticates initial access tokens (RFC 7591 section 3), and callers without one where registration is open. Stores the decision on the
/// call.
/// </summary>
internal sealed class InitialAccessTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    Failures failures,
    RegistrationAdmission admission)
    : CredentialHandler(options, loggers, encoder, failures)
{
    public new const string Scheme = "InitialAccessToken";

    protected override async ValueTask<ClaimsIdentity> IdentifyAsync(PresentedCredential credential)
    {
        var decision = await admission.AdmitAsync(
            credential, Context.Connection.RemoteIpAddress, CallOrigin.CallerOf(Context, Actor.Applicant), Context.RequestAborted);
        Context.Features.Set(decision);
        return new ClaimsIdentity(Scheme);
    }
}
