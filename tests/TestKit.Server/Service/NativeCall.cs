using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace GrpcDcr.TestKit.Service;

/// <summary>A native gRPC call written by hand: bytes that no generated client would send.</summary>
public sealed class NativeCall : IDisposable
{
    private const string Registration = "/grpcdcr.v1.ClientRegistration/RegisterClient";

    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;

    private NativeCall(HttpClient client, HttpResponseMessage response)
    {
        _client = client;
        _response = response;
    }

    public StatusCode Status { get; private set; }

    public static Task<NativeCall> RegisterAsync(RunningServer server, byte[] body, string? token) =>
        SendAsync(server, Registration, body, token);

    /// <param name="server">Where.</param>
    /// <param name="path">The method, as <c>/service/method</c>.</param>
    /// <param name="body">Every byte of the body, the prefix of the message among them.</param>
    /// <param name="token">The bearer token; <see langword="null"/> for none.</param>
    /// <param name="tls">What opens connections; <see langword="null"/> for those without TLS. The caller disposes it.</param>
    public static Task<NativeCall> SendAsync(
        RunningServer server, string path, byte[] body, string? token, HttpMessageHandler? tls = null) =>
        SendAsync(server, path, new ByteArrayContent(body), token, tls);

    /// <summary>A message as gRPC frames it.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message) => [0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];

    /// <summary>A call whose body never ends: it must be answered all the same.</summary>
    /// <param name="server">Where.</param>
    /// <param name="token">The credential; <see langword="null"/> for none.</param>
    /// <param name="beginning">What comes of the body.</param>
    public static Task<NativeCall> RegisterWithoutEndAsync(RunningServer server, string? token, params byte[] beginning) =>
        SendAsync(server, Registration, new EndlessContent(beginning), token);

    public void Dispose()
    {
        _response.Dispose();
        _client.Dispose();
    }

    private static async Task<NativeCall> SendAsync(
        RunningServer server, string path, HttpContent content, string? token, HttpMessageHandler? tls = null)
    {
        var client = new HttpClient(tls ?? new SocketsHttpHandler(), disposeHandler: tls is null)
        {
            BaseAddress = server.InternalAddress,
            Timeout = TimeSpan.FromSeconds(20),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var call = new NativeCall(client, response);
        if (!response.Headers.TryGetValues("grpc-status", out var status))
        {
            await response.Content.ReadAsByteArrayAsync();
            status = response.TrailingHeaders.GetValues("grpc-status");
        }

        call.Status = (StatusCode)int.Parse(status.Single(), CultureInfo.InvariantCulture);
        return call;
    }

    /// <summary>Sends what there is, and does not end.</summary>
    private sealed class EndlessContent(byte[] beginning) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(beginning, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
