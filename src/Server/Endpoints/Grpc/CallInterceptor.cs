using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// Wraps every gRPC method and refuses calls that were not authorized. The authorization middleware decides earlier, because interceptors
/// of unary calls run after the body was read and parsed, so that a malformed body would bypass a decision made here. A service that the
/// middleware does not cover is closed, not open. It also translates exceptions: a refusal becomes its status, any other exception INTERNAL
/// with a fixed message. The HTTP profiles read the fault from the features of the request.
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
