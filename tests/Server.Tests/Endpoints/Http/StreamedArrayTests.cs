using System.Text;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Tests.Endpoints.Http;

/// <summary>The messages of a stream as one JSON array.</summary>
public sealed class StreamedArrayTests : IDisposable
{
    private readonly MemoryStream _sent = new();
    private readonly Lifetime _lifetime = new();
    private readonly DefaultHttpContext _http = new();

    public StreamedArrayTests()
    {
        _http.Features.Set<IHttpResponseFeature>(new Started(_sent));
        _http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_sent));
        _http.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
    }

    public void Dispose() => _sent.Dispose();

    private string Sent => Encoding.UTF8.GetString(_sent.ToArray());

    [Fact]
    public async Task Each_message_is_sent_when_it_is_complete()
    {
        await using var array = new StreamedArray(_http);

        await WriteAsync(array, "{\"a\":");
        Assert.Equal("", Sent);
        await WriteAsync(array, "1}", "\n");
        Assert.Equal("[{\"a\":1}", Sent);
        await WriteAsync(array, "{}", "\n");
        await array.CompleteAsync();

        Assert.Equal("[{\"a\":1},{}]", Sent);
    }

    [Fact]
    public async Task A_stream_without_messages_is_an_empty_array()
    {
        await using var array = new StreamedArray(_http);

        await array.CompleteAsync();

        Assert.Equal("[]", Sent);
    }

    [Fact]
    public async Task An_array_that_is_not_complete_has_no_end()
    {
        await using var array = new StreamedArray(_http);
        await WriteAsync(array, "{}", "\n");

        _http.Features.Set<RegistrationFault>(new RegistrationFault.Internal());
        await WriteAsync(array, "{\"code\":13}", "\n");
        await array.CompleteAsync();

        Assert.Equal("[{}", Sent);
        Assert.True(_lifetime.IsAborted);
    }

    [Fact]
    public async Task The_error_of_a_stream_that_did_not_begin_is_not_sent()
    {
        await using var array = new StreamedArray(_http);

        _http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await WriteAsync(array, "{\"code\":3}", "\n");

        Assert.Equal("", Sent);
    }

    private static async Task WriteAsync(StreamedArray array, params string[] parts)
    {
        foreach (var part in parts)
        {
            await array.WriteAsync(Encoding.UTF8.GetBytes(part), TestContext.Current.CancellationToken);
        }
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsAborted { get; private set; }

        public void Abort() => IsAborted = true;
    }

    /// <summary>A response that has started once something was sent.</summary>
    private sealed class Started(MemoryStream sent) : HttpResponseFeature
    {
        public override bool HasStarted => sent.Length > 0;
    }
}
