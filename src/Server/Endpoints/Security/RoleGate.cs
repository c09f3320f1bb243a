using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Lets callers in who show one of the tokens of a role.</summary>
internal sealed class RoleGate(string role, IReadOnlyList<SecretHash> tokens) : ICallGate
{
    public ValueTask<CallAdmission> AdmitAsync(HttpContext http)
    {
        RegistrationFault? fault = BearerCredential.Of(http.Request.Headers.Authorization) switch
        {
            { Problem: { } problem } => new RegistrationFault.MalformedCredential(problem),
            { Value: null } => new RegistrationFault.CredentialRequired($"The {role} token"),
            { Value: { } token } => MatchesAny(token) ? null : new RegistrationFault.CredentialInvalid($"The {role} token"),
        };
        return fault is null ? ValueTask.FromResult(CallAdmission.Granted) : throw new RegistrationRefusedException(fault);
    }

    private bool MatchesAny(string bearer)
    {
        var presented = SecretHash.Of(bearer);
        var matches = false;
        foreach (var token in tokens)
        {
            matches |= token.Matches(presented);
        }

        return matches;
    }
}

/// <summary>Lets everybody in, and says so: for health.</summary>
internal sealed class OpenGate : ICallGate
{
    public ValueTask<CallAdmission> AdmitAsync(HttpContext http) => ValueTask.FromResult(CallAdmission.Granted);
}
