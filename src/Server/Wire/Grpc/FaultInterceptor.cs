using Grpc.Core;
using Grpc.Core.Interceptors;

namespace GrpcDcr.Server.Wire.Grpc;

/// <summary>
/// Where gRPC catches: turns a refusal into its status, and everything else into INTERNAL with a fixed sentence, the cause going to the
/// log. Transcoded profiles read the fault from the request's features.
/// </summary>
internal sealed class FaultInterceptor(Failures failures) : Interceptor
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
        var fault = failures.FaultOf(exception, context.Method);
        context.GetHttpContext().Features.Set(fault);
        return GrpcFault.ToRpcException(fault);
    }
}
