using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Server.Registration;

namespace GrpcDcr.Server.Wire.Grpc;

/// <summary>
/// The one place that catches: turns a refusal into its status, and everything else into INTERNAL with a fixed sentence, the
/// cause going to the log. The HTTP profiles read the fault from the request's features.
/// </summary>
internal sealed partial class FaultInterceptor(ILogger<FaultInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException && !context.CancellationToken.IsCancellationRequested)
        {
            throw Translate(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException && !context.CancellationToken.IsCancellationRequested)
        {
            throw Translate(e, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        var fault = FaultTranslation.Of(exception);
        if (exception is not RegistrationRefusedException)
        {
            Log(fault, context.Method, exception);
        }

        context.GetHttpContext().Features.Set(fault);
        return GrpcFault.ToRpcException(fault);
    }

    /// <summary>While the store is away each call fails: the store itself says why, once.</summary>
    private void Log(RegistrationFault fault, string method, Exception exception)
    {
        if (fault is RegistrationFault.Unavailable)
        {
            LogPutOff(method, exception.Message);
        }
        else
        {
            LogFailed(method, exception);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "{Method} was put off: {Reason}")]
    private partial void LogPutOff(string method, string reason);

    [LoggerMessage(3001, LogLevel.Error, "{Method} failed")]
    private partial void LogFailed(string method, Exception exception);
}
