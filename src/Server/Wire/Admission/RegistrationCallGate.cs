using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Wire.Callers;

namespace GrpcDcr.Server.Wire.Admission;

/// <summary>The gate of registration, for HTTP and gRPC alike.</summary>
internal sealed class RegistrationCallGate(RegistrationGate gate) : ICallGate
{
    public async ValueTask<CallAdmission> AdmitAsync(HttpContext http)
    {
        SecureTransport.Require(http);
        var decision = await gate.AdmitAsync(
            http.Connection.RemoteIpAddress,
            BearerCredential.Of(http.Request.Headers.Authorization),
            CallOrigin.CallerOf(http, Caller.Client),
            http.RequestAborted);
        return new CallAdmission(decision);
    }
}
