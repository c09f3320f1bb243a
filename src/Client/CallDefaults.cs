using Grpc.Core;
using Grpc.Core.Interceptors;
using GrpcDcr.V1;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Client;

/// <summary>
/// Gives every call what the options say and the call itself does not: a bearer token (RFC 6750 section 2.1) and a deadline.
/// Every RPC is unary; a streaming one needs its own override here.
/// </summary>
internal sealed class CallDefaults(IOptionsMonitor<GrpcDcrClientOptions> options) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDefaults(context));

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithDefaults(context));

    private ClientInterceptorContext<TRequest, TResponse> WithDefaults<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var settings = options.CurrentValue;
        var call = context.Options;
        if (call.Deadline is null)
        {
            call = call.WithDeadline(DeadlineFor(context.Method.ServiceName, settings));
        }
        if (call.Headers?.Get(Bearer.Header) is null && TokenFor(context.Method, settings) is { } token)
        {
            call = call.WithHeaders(Bearer.Added(call.Headers, token));
        }
        return new(context.Method, context.Host, call);
    }

    /// <summary>gRPC compares deadlines with the system's clock, so no other clock will do.</summary>
    private static DateTime DeadlineFor(string service, GrpcDcrClientOptions settings) =>
        TimeProvider.System.GetUtcNow().UtcDateTime
        + (service == StorageAdministration.Descriptor.FullName ? settings.BackUpDeadline : settings.Deadline);

    /// <summary>A client manages itself with its own token (RFC 7592 section 2): only the call can bring it, no setting stands in.</summary>
    private static string? TokenFor(IMethod method, GrpcDcrClientOptions settings)
    {
        if (method.ServiceName == ClientRegistration.Descriptor.FullName)
        {
            return method.Name == nameof(ClientRegistration.ClientRegistrationClient.RegisterClient) ? settings.InitialAccessToken : null;
        }
        if (method.ServiceName == ClientDirectory.Descriptor.FullName)
        {
            return settings.DirectoryToken ?? settings.OperatorToken;
        }
        return settings.OperatorToken;
    }
}
