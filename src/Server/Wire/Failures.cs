using GrpcDcr.Server.Registration;

namespace GrpcDcr.Server.Wire;

/// <summary>What callers are told of exceptions, over gRPC and HTTP alike; the cause goes to the log.</summary>
internal sealed partial class Failures(ILogger<Failures> logger)
{
    /// <param name="exception">A refusal, or anything else.</param>
    /// <param name="method">What was called.</param>
    public RegistrationFault FaultOf(Exception exception, string method)
    {
        if (exception is not RegistrationRefusedException)
        {
            LogFailed(method, exception);
        }

        return FaultTranslation.Of(exception);
    }

    [LoggerMessage(3001, LogLevel.Error, "{Method} failed")]
    private partial void LogFailed(string method, Exception exception);
}
