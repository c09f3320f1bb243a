using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>The gate of registration, for HTTP and gRPC alike.</summary>
internal sealed class RegistrationCallGate(RegistrationAdmission gate) : ICallGate
{
    public async ValueTask<CallAdmission> AdmitAsync(HttpContext http)
    {
        SecureTransport.Require(http);
        var decision = await gate.AdmitAsync(
            http.Connection.RemoteIpAddress,
            BearerCredential.Of(http.Request.Headers.Authorization),
            CallOrigin.CallerOf(http, Actor.Applicant),
            http.RequestAborted);
        return new CallAdmission(decision);
    }
}
