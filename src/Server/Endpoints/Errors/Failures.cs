using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>Translates exceptions into faults for callers of gRPC and HTTP, and logs their cause.</summary>
internal sealed partial class Failures(ILogger<Failures> logger)
{
    /// <param name="exception">A refusal, or any other exception.</param>
    /// <param name="method">The method that was called.</param>
    public RegistrationFault FaultOf(Exception exception, string method)
    {
        var fault = FaultTranslation.Of(exception);
        if (exception is RegistrationRefusedException)
        {
            return fault;
        }

        if (fault is RegistrationFault.StoreUnavailable)
        {
            // While the store is unavailable every call fails; the store itself has logged the cause once.
            LogStoreUnavailable(method, exception.Message);
        }
        else
        {
            LogFailed(method, exception);
        }

        return fault;
    }

    [LoggerMessage(3002, LogLevel.Warning, "{Method} failed: store unavailable ({Reason})")]
    private partial void LogStoreUnavailable(string method, string reason);

    [LoggerMessage(3001, LogLevel.Error, "{Method} failed")]
    private partial void LogFailed(string method, Exception exception);
}
