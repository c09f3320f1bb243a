using Grpc.Core;
using Grpc.Core.Interceptors;

namespace GrpcDcr.Client;

/// <summary>
/// The only catch: a call ends with its answer, with <see cref="GrpcDcrException"/>, or with
/// <see cref="OperationCanceledException"/> when the caller itself cancelled it.
/// </summary>
internal sealed class FaultTranslation : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        var answer = TranslatedAsync(call.ResponseAsync, context.Options.CancellationToken);
        return new(answer, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        try
        {
            return continuation(request, context);
        }
        catch (RpcException fault)
        {
            throw Translated(fault, context.Options.CancellationToken);
        }
    }

    private static async Task<TResponse> TranslatedAsync<TResponse>(Task<TResponse> answer, CancellationToken cancellation)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (RpcException fault)
        {
            throw Translated(fault, cancellation);
        }
    }

    private static Exception Translated(RpcException fault, CancellationToken cancellation) =>
        fault.StatusCode == StatusCode.Cancelled && cancellation.IsCancellationRequested
            ? new OperationCanceledException(fault.Status.Detail, fault, cancellation)
            : new GrpcDcrException(fault);
}
