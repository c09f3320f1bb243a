using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Around every gRPC method. It refuses a call that carries no admission: the decision itself is taken earlier, by
/// <see cref="GatedEndpoint"/>, since interceptors of unary calls run only after the body was read and parsed, so that a gate that decided
/// here would be bypassed by garbage. A service mapped without a gate is closed, not open. And it is where gRPC catches: a refusal becomes
/// its status, everything else INTERNAL with a fixed sentence. Transcoded profiles read the fault from the request's features.
/// </summary>
internal sealed class CallInterceptor(Failures failures) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        RequireAdmission(context);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (IsToTranslate(e, context))
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
        RequireAdmission(context);
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (IsToTranslate(e, context))
        {
            throw Translate(e, context);
        }
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RequireAdmission(context);
        return continuation(requestStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RequireAdmission(context);
        return continuation(requestStream, responseStream, context);
    }

    private static void RequireAdmission(ServerCallContext context)
    {
        if (context.GetHttpContext().Features.Get<CallAdmission>() is null)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The call was not admitted."));
        }
    }

    private static bool IsToTranslate(Exception exception, ServerCallContext context) =>
        exception is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        var fault = failures.FaultOf(exception, context.Method);
        context.GetHttpContext().Features.Set(fault);
        return GrpcFault.ToRpcException(fault);
    }
}
