using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Asks a gate, which may itself fail: a gate that cannot look lets nobody in, and says that it may be asked again.</summary>
internal static class GateDecision
{
    /// <summary>Why the call is not admitted; <see langword="null"/> when it is, and the call carries the admission.</summary>
    public static async ValueTask<RegistrationFault?> RefusalOfAsync(HttpContext http, ICallGate gate)
    {
        try
        {
            http.Features.Set(await gate.AdmitAsync(http));
            return null;
        }
        catch (Exception e) when (e is RegistrationRefusedException || !http.RequestAborted.IsCancellationRequested)
        {
            return http.RequestServices.GetRequiredService<Failures>().FaultOf(e, http.GetEndpoint()?.DisplayName ?? "A call");
        }
    }
}
