using Grpc.Core;
using Grpc.Core.Interceptors;

namespace GrpcDcr.Server.Wire.Admission;

/// <summary>
/// The gate of every gRPC method: refuses a call that carries no admission. The decision itself is taken earlier, by
/// <see cref="GatedEndpoint"/>: interceptors of unary calls run only after the body was read and parsed, so a gate that decided
/// here would be bypassed by garbage. A service mapped without a gate is closed, not open.
/// </summary>
internal sealed class AdmissionInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        RequireAdmission(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RequireAdmission(context);
        return continuation(request, responseStream, context);
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
}
