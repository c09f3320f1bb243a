using Grpc.Core;
using Grpc.Net.Client;

namespace GrpcDcr.Client;

/// <summary>
/// One channel to a service in one role. Every call gets the credential and the deadline of the options (RFC 6750 section 2.1), and ends
/// with its response, with <see cref="GrpcDcrException"/>, or with <see cref="OperationCanceledException"/> when the caller cancelled it.
/// </summary>
internal sealed class ServiceConnection(GrpcChannel channel, Func<GrpcDcrClientOptions> options) : IDisposable
{
    private const string Header = "authorization";

    public CallInvoker Invoker { get; } = channel.CreateCallInvoker();

    public GrpcDcrClientOptions Options => options();

    /// <summary>Calls with the credential of the options.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method,
        TRequest request,
        CancellationToken cancellationToken,
        TimeSpan? deadline = null)
    {
        var current = options();
        var credential = current.CredentialProvider.Value is { } provider
            ? await provider(cancellationToken).ConfigureAwait(false)
            : current.Credential.Value;
        return await SendAsync(method, request, credential, deadline ?? current.Deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls with the credential of the call.</summary>
    public Task<TResponse> CallWithAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method, TRequest request, string credential,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(credential);
        return SendAsync(method, request, credential, options().Deadline, cancellationToken);
    }

    public void Dispose() => channel.Dispose();

    private static async Task<TResponse> SendAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method,
        TRequest request,
        string? credential,
        TimeSpan deadline,
        CancellationToken cancellationToken)
    {
        // gRPC compares deadlines with the system clock, so no other clock can be used.
        var until = TimeProvider.System.GetUtcNow().UtcDateTime + deadline;
        var headers = credential is null ? null : new Metadata { { Header, "Bearer " + credential } };
        try
        {
            using var call = method(request, new CallOptions(headers, until, cancellationToken));
            return await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Status.Detail, fault, cancellationToken);
        }
        catch (RpcException fault)
        {
            throw new GrpcDcrException(fault);
        }
    }
}
