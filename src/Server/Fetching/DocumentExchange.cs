using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace GrpcDcr.Server.Fetching;

/// <summary>One GET on its own connection. It sends no cookie, no credential and nothing of the request that caused it.</summary>
internal sealed class DocumentExchange(FetchingOptions options, GuardedConnector connector, ServerTrust trust)
{
    /// <summary>The maximum size of the response headers, in kibibytes.</summary>
    internal const int MaxHeadersLength = 16;

    private const int Kibibyte = 1024;

    /// <exception cref="FetchFault">There is no connection, or the response is not a JSON document of the allowed size.</exception>
    /// <exception cref="HttpRequestException">See <see cref="ExchangeProblems"/>.</exception>
    /// <exception cref="IOException">See <see cref="ExchangeProblems"/>.</exception>
    public async Task<FetchedDocument> GetAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        await using var connection = await connector.ConnectAsync(target, cancellationToken);
        using var client = new HttpMessageInvoker(HandlerOf(connection));
        using var request = RequestFor(target.Uri);
        using var response = await client.SendAsync(request, cancellationToken);
        CheckStatus((int)response.StatusCode);
        CheckType(response.Content);
        CheckLength(response.Content.Headers.ContentLength ?? 1);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new FetchedDocument(await ReadAsync(body, cancellationToken), Problem: null) { MaxAge = MaxAgeOf(response.Headers) };
    }

    private static TimeSpan? MaxAgeOf(HttpResponseHeaders headers) => headers.CacheControl switch
    {
        null => null,
        { NoStore: true } or { NoCache: true } or { Private: true } => TimeSpan.Zero,
        var control => (control.SharedMaxAge ?? control.MaxAge) - (headers.Age ?? TimeSpan.Zero),
    };

    /// <summary>Only the validated connection may be used: the handler would open another one if it breaks, and gets none.</summary>
    private SocketsHttpHandler HandlerOf(Stream connection)
    {
        var taken = 0;
        return new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => Interlocked.Exchange(ref taken, 1) == 0
                ? ValueTask.FromResult(connection)
                : throw new FetchFault(ExchangeProblems.NotWhole, "the server closed the connection before it answered"),
            SslOptions = trust.ForConnection(),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxHeadersLength,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.Zero,
        };
    }

    private static HttpRequestMessage RequestFor(Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Accept.ParseAdd("application/json, application/jwk-set+json");
        request.Headers.AcceptEncoding.ParseAdd("identity");
        request.Headers.UserAgent.ParseAdd("GrpcDcr");
        request.Headers.ConnectionClose = true;
        return request;
    }

    private static void CheckStatus(int status)
    {
        if (status is 301 or 302 or 303 or 307 or 308)
        {
            throw new FetchFault("redirects; redirects are not followed", $"status {status}");
        }

        if (status != 200)
        {
            throw new FetchFault(
                string.Create(CultureInfo.InvariantCulture, $"answered with status {status}; allowed is 200"), $"status {status}");
        }
    }

    private static void CheckType(HttpContent content)
    {
        var encoding = string.Join(',', content.Headers.ContentEncoding);
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new FetchFault("answered with a content encoding; none is allowed", $"Content-Encoding {encoding}");
        }

        var type = content.Headers.ContentType?.MediaType ?? "";
        if (!type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && !type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            throw new FetchFault(
                "answered with a content type that is not JSON; allowed are application/json and types that end in +json",
                $"Content-Type {type}");
        }
    }

    private void CheckLength(long length)
    {
        if (length > options.MaxBytes)
        {
            throw new FetchFault(
                string.Create(CultureInfo.InvariantCulture, $"is larger than {options.MaxBytes} bytes"), "the document is too large");
        }

        if (length == 0)
        {
            throw new FetchFault("answered with an empty document", "the document is empty");
        }
    }

    /// <summary>Announced lengths are not trusted; the received bytes are counted.</summary>
    private async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var received = new ArrayBufferWriter<byte>();
        while (await body.ReadAsync(received.GetMemory(4 * Kibibyte), cancellationToken) is var read and > 0)
        {
            received.Advance(read);
            CheckLength(received.WrittenCount);
        }

        CheckLength(received.WrittenCount);
        return received.WrittenSpan.ToArray();
    }
}
