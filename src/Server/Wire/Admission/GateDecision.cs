using GrpcDcr.Server.Registration;

namespace GrpcDcr.Server.Wire.Admission;

/// <summary>Asks a gate, which may itself fail: a gate that cannot look lets nobody in, and says that it may be asked again.</summary>
internal static partial class GateDecision
{
    /// <summary>Why the call is not admitted; <see langword="null"/> when it is, and the call carries the admission.</summary>
    public static async ValueTask<RegistrationFault?> RefusalOfAsync(HttpContext http, ICallGate gate)
    {
        try
        {
            http.Features.Set(await gate.AdmitAsync(http));
            return null;
        }
        catch (RegistrationRefusedException refused)
        {
            return refused.Fault;
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            var fault = FaultTranslation.Of(e);
            var logger = http.RequestServices.GetRequiredService<ILogger<CallAdmission>>();
            if (fault is RegistrationFault.Unavailable)
            {
                LogPutOff(logger, http.Request.Path, e.Message);
            }
            else
            {
                LogFailed(logger, http.Request.Path, e);
            }

            return fault;
        }
    }

    [LoggerMessage(3012, LogLevel.Warning, "A call of {Path} was put off: {Reason}")]
    private static partial void LogPutOff(ILogger logger, string path, string reason);

    [LoggerMessage(3011, LogLevel.Error, "Nobody could say whether a call of {Path} is admitted")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);
}
