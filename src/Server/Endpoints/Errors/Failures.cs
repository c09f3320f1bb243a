using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>What callers are told of exceptions, over gRPC and HTTP alike; the cause goes to the log.</summary>
internal sealed partial class Failures(ILogger<Failures> logger)
{
    /// <param name="exception">A refusal, or anything else.</param>
    /// <param name="method">What was called.</param>
    public RegistrationFault FaultOf(Exception exception, string method)
    {
        var fault = FaultTranslation.Of(exception);
        if (exception is RegistrationRefusedException)
        {
            return fault;
        }

        if (fault is RegistrationFault.StoreUnavailable)
        {
            // While the store is away each call fails, and the store itself has said why, once.
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
