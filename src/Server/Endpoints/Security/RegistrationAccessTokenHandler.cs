using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.AspNetCore.Server;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Authenticates registration access tokens (RFC 7592 section 2). Stores the client on the call.</summary>
internal sealed class RegistrationAccessTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    Failures failures,
    ManagementAdmission admission)
    : CredentialHandler(options, loggers, encoder, failures)
{
    public new const string Scheme = "RegistrationAccessToken";

    protected override async ValueTask<ClaimsIdentity> IdentifyAsync(PresentedCredential credential)
    {
        var method = Context.GetEndpoint()!.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().Method;
        var client = await admission.AdmitAsync(
            ManagementMethods.ActOf(method.Name),
            Request.RouteValues["client_id"] as string,
            Context.Connection.RemoteIpAddress,
            credential,
            CallOrigin.CallerOf(Context, Actor.Applicant),
            Context.RequestAborted);
        Context.Features.Set(client);
        return new ClaimsIdentity(Scheme);
    }
}
