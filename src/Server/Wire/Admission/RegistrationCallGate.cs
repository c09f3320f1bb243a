using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Wire.Callers;

namespace GrpcDcr.Server.Wire.Admission;

/// <summary>The gate of registration, for HTTP and gRPC alike.</summary>
internal sealed class RegistrationCallGate(RegistrationGate gate) : ICallGate
{
    public async ValueTask<CallAdmission> AdmitAsync(HttpContext http)
    {
        RequireSecureTransport(http);
        var decision = await gate.AdmitAsync(
            http.Connection.RemoteIpAddress,
            BearerCredential.Of(http.Request.Headers.Authorization),
            CallOrigin.CallerOf(http, Caller.Client),
            http.RequestAborted);
        return new CallAdmission(decision);
    }

    /// <summary>Plain HTTP is for this machine; what comes from another one must have come by TLS, here or at a trusted proxy.</summary>
    private static void RequireSecureTransport(HttpContext http)
    {
        if (!http.Request.IsHttps && http.Connection.RemoteIpAddress is { } address && !System.Net.IPAddress.IsLoopback(address))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InsecureTransport());
        }
    }
}
