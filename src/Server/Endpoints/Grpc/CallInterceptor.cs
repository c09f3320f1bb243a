using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Around every gRPC method. It refuses a call that was not authorized: the decision itself is taken earlier, by the authorization
/// middleware, since interceptors of unary calls run only after the body was read and parsed, so that garbage would go around a decision
/// taken here. A service that the middleware never saw is closed, not open. And it is where gRPC catches: a refusal becomes its status,
/// everything else INTERNAL with a fixed sentence. Transcoded profiles read the fault from the request's features.
/// </summary>
internal sealed class CallInterceptor(Failures failures) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        RequireAuthorization(context);
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
        RequireAuthorization(context);
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
        RequireAuthorization(context);
        return continuation(requestStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RequireAuthorization(context);
        return continuation(requestStream, responseStream, context);
    }

    private static void RequireAuthorization(ServerCallContext context)
    {
        if (context.GetHttpContext().Features.Get<AuthorizedCall>() is null)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The call was not authorized."));
        }
    }

    private static bool IsToTranslate(Exception exception, ServerCallContext context) =>
        exception is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        var fault = failures.FaultOf(exception, context.Method);
        context.GetHttpContext().Features.Set(fault);
        return GrpcFault.ToRpcException(fault, context.Method);
    }
}
