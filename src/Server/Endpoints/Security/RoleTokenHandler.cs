using System.Security.Claims;
using System.Text.Encodings.Web;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Authenticates administrators and authorization servers: by the configured tokens, by JWTs if an issuer of them is configured, and
/// without either by the client certificate of the connection. A token is never made good by a certificate.
/// </summary>
internal sealed class RoleTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    Failures failures,
    RoleTokenLookup tokens,
    FailedCredentials failed,
    JwtAuthentication? jwts = null,
    CertificateAuthentication? certificates = null)
    : CredentialHandler(options, loggers, encoder, failures)
{
    public new const string Scheme = "RoleToken";

    private const string TokenName = "A role token";

    protected override async ValueTask<ClaimsIdentity> IdentifyAsync(PresentedCredential credential)
    {
        if (credential.Value is { } presented && tokens.Find(presented) is { } token)
        {
            return token.Identity;
        }

        if (jwts is not null && credential.Value is { } other && await jwts.IdentifyAsync(Context, other.Reveal()) is { } identity)
        {
            return identity;
        }

        if (credential is { Value: null, Problem: null } && certificates?.IdentityOf(Context) is { } certified)
        {
            return certified;
        }

        throw new RegistrationRefusedException(credential switch
        {
            { Problem: { } problem } => await CountAsync(new RegistrationFault.MalformedCredential(problem)),
            { Value: null } => new RegistrationFault.CredentialRequired(TokenName),
            _ => await CountAsync(new RegistrationFault.CredentialInvalid("The role token")),
        });
    }

    private ValueTask<RegistrationFault> CountAsync(RegistrationFault fault) => failed.CountRoleTokenAsync(
        fault, Context.Connection.RemoteIpAddress, CallOrigin.CallerOf(Context, Actor.Unknown), Context.RequestAborted);
}
