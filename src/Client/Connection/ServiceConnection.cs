using System.Runtime.CompilerServices;
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
        var credential = await CredentialAsync(cancellationToken).ConfigureAwait(false);
        return await SendAsync(method, request, credential, deadline ?? options().Deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls with the credential of the options, and without a deadline: the caller sees the progress and may cancel.</summary>
    public async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncServerStreamingCall<TResponse>> method,
        TRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var credential = await CredentialAsync(cancellationToken).ConfigureAwait(false);
        using var call = method(request, new CallOptions(HeadersOf(credential), deadline: null, cancellationToken));
        while (await TranslatedAsync(call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
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
        using var call = method(request, new CallOptions(HeadersOf(credential), until, cancellationToken));
        return await TranslatedAsync(call.ResponseAsync, cancellationToken).ConfigureAwait(false);
    }

    private static Metadata? HeadersOf(string? credential) => credential is null ? null : new() { { Header, "Bearer " + credential } };

    private async ValueTask<string?> CredentialAsync(CancellationToken cancellationToken)
    {
        var current = options();
        return current.CredentialProvider.Value is { } provider
            ? await provider(cancellationToken).ConfigureAwait(false)
            : current.Credential.Value;
    }

    private static async Task<T> TranslatedAsync<T>(Task<T> response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.ConfigureAwait(false);
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
