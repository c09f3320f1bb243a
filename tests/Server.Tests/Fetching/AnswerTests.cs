using System.Diagnostics;
using System.IO.Compression;
using GrpcDcr.Server.Tests.Fetching.Support;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>Answers of a server that is reached and trusted, and still hostile.</summary>
public sealed class AnswerTests
{
    private const string Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "{}")]
    [InlineData("content-type: Application/JSON; charset=utf-8\r\nContent-Length: 2\r\n\r\n[]", "[]")]
    [InlineData("Content-Type: application/jwk-set+json\r\nContent-Length: 2\r\n\r\n{}", "{}")]
    [InlineData("Content-Type: application/vnd.keys+JSON\r\nContent-Length: 2\r\n\r\n{}", "{}")]
    [InlineData("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", "{}")]
    [InlineData("Content-Type: application/json\r\n\r\n{}", "{}")]
    [InlineData("Content-Type: application/json\r\nContent-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", "{}")]
    [InlineData("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{} and more than announced", "{}")]
    public async Task Takes_a_small_json_document(string answer, string document)
    {
        await using var encounter = Encounter.With(c => c.SendAsync("HTTP/1.1 200 OK\r\n" + answer));
        Assert.Equal(document, await encounter.TextAsync());
        Assert.Empty(encounter.Log.Lines);
    }

    [Theory]
    [InlineData("200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}", "answered with a content type that is not JSON")]
    [InlineData("200 OK\r\nContent-Type: text/json+html\r\nContent-Length: 2\r\n\r\n{}", "answered with a content type that is not JSON")]
    [InlineData(
        "200 OK\r\nContent-Type: application/jsonp\r\nContent-Length: 2\r\n\r\n{}", "answered with a content type that is not JSON")]
    [InlineData("200 OK\r\nContent-Length: 2\r\n\r\n{}", "answered with a content type that is not JSON")]
    [InlineData("200 OK\r\n" + Json + "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", "answered with a content encoding")]
    [InlineData(
        "200 OK\r\n" + Json + "Content-Encoding: identity, gzip\r\nContent-Length: 2\r\n\r\n{}", "answered with a content encoding")]
    [InlineData("200 OK\r\n" + Json + "Content-Length: 0\r\n\r\n", "answered with an empty document")]
    [InlineData("200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "answered with an empty document")]
    [InlineData("201 Created\r\n" + Json + "Content-Length: 2\r\n\r\n{}", "answered with status 201; allowed is 200")]
    [InlineData("204 No Content\r\n" + Json + "\r\n", "answered with status 204; allowed is 200")]
    [InlineData("206 Partial Content\r\n" + Json + "Content-Length: 2\r\n\r\n{}", "answered with status 206; allowed is 200")]
    [InlineData("304 Not Modified\r\n\r\n", "answered with status 304; allowed is 200")]
    [InlineData("404 Not Found\r\n" + Json + "Content-Length: 2\r\n\r\n{}", "answered with status 404; allowed is 200")]
    [InlineData("407 Log In\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", "answered with status 407; allowed is 200")]
    [InlineData("500 Oops\r\n" + Json + "Content-Length: 2\r\n\r\n{}", "answered with status 500; allowed is 200")]
    [InlineData("200 OK\r\n" + Json + "Content-Length: 99999999999\r\n\r\n{}", "is larger than 65536 bytes")]
    [InlineData("200 OK\r\n" + Json + "Content-Length: 10\r\n\r\n{}", "did not answer with a complete HTTP response")]
    [InlineData("200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "did not answer with a complete HTTP response")]
    [InlineData("200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", "did not answer with a complete HTTP response")]
    [InlineData("200 OK\r\n" + Json, "did not answer with a complete HTTP response")]
    public async Task Refuses_whatever_else_it_is(string answer, string problem)
    {
        await using var encounter = Encounter.With(c => c.SendAsync("HTTP/1.1 " + answer));
        Assert.StartsWith(problem, await encounter.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n")]
    [InlineData("220 mail.example ESMTP\r\n")]
    [InlineData("HTTP/1.1 twohundred\r\n\r\n")]
    [InlineData("\0\0\0\u0004\0\0\0\0\0")]
    public async Task Refuses_what_is_not_http(string answer)
    {
        await using var encounter = Encounter.With(c => c.SendAsync(answer));
        Assert.Equal("did not answer with a complete HTTP response", await encounter.ProblemAsync());
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
    }

    [Theory]
    [InlineData(301, "https://keys.example:PORT/moved")]
    [InlineData(302, "https://127.0.0.1:PORT/moved")]
    [InlineData(303, "http://127.0.0.1:PORT/moved")]
    [InlineData(307, "/moved")]
    [InlineData(308, "file:///etc/passwd")]
    public async Task Follows_no_redirect(int status, string location)
    {
        await using var encounter = Encounter.With(
            c => c.SendAsync(
                $"HTTP/1.1 {status} Moved\r\nLocation: {location.Replace("PORT", c.Port, StringComparison.Ordinal)}\r\nContent-Length: "
                    + $"0\r\n\r\n"));
        Assert.Equal("redirects; redirects are not followed", await encounter.ProblemAsync());
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
        Assert.Single(encounter.Server.Requests);
    }

    [Theory]
    [InlineData("Content-Length: 1024\r\n\r\n", 1024, true)]
    [InlineData("Content-Length: 1025\r\n\r\n", 1025, false)]
    [InlineData("\r\n", 1024, true)]
    [InlineData("\r\n", 1025, false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n400\r\n", 1024, true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n401\r\n", 1025, false)]
    public async Task Counts_the_bytes_that_come(string framing, int length, bool isTaken)
    {
        var end = framing.Contains("chunked", StringComparison.Ordinal) ? "\r\n0\r\n\r\n" : "";
        await using var encounter = Encounter.With(
            c => c.SendAsync($"HTTP/1.1 200 OK\r\n{Json}{framing}{new string('1', length)}{end}"), options => options.MaxBytes = 1024);
        var fetched = await encounter.FetchAsync();
        Assert.Equal(isTaken ? (length, null) : (0, "is larger than 1024 bytes"), (fetched.Bytes.Length, fetched.Problem));
    }

    [Theory]
    [InlineData(1, 15_000, null)]
    [InlineData(1, 17_000, "answered with headers of more than 16384 bytes")]
    [InlineData(15, 1_000, null)]
    [InlineData(17, 1_000, "answered with headers of more than 16384 bytes")]
    public async Task Counts_the_bytes_of_headers(int count, int length, string? problem)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(n => $"X-Header-{n}: {new string('x', length)}\r\n"));
        await using var encounter = Encounter.With(c => c.SendAsync($"HTTP/1.1 200 OK\r\n{Json}{headers}Content-Length: 2\r\n\r\n{{}}"));
        Assert.Equal(problem, (await encounter.FetchAsync()).Problem);
    }

    [Theory]
    [InlineData("200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n", "10\r\n0123456789abcdef\r\n", "is larger than 65536 bytes")]
    [InlineData("200 OK\r\n" + Json + "\r\n", "0123456789abcdef", "is larger than 65536 bytes")]
    [InlineData("200 OK\r\nX-Long: ", "0123456789abcdef", "answered with headers of more than 16384 bytes")]
    [InlineData("200 OK\r\n", "X-Many: 0123456789abcdef\r\n", "answered with headers of more than 16384 bytes")]
    [InlineData("", "0123456789abcdef", "answered with headers of more than 16384 bytes")]
    [InlineData("200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n2;", "extension;", "did not answer with a complete HTTP response")]
    [InlineData(
        "200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X-Trailer: x\r\n",
        "answered with headers of more than 16384 bytes")]
    public async Task Reads_no_more_of_an_endless_answer_than_it_may(string beginning, string piece, string problem)
    {
        await using var encounter = Encounter.With(async c =>
        {
            await c.SendAsync("HTTP/1.1 " + beginning);
            await c.SendForeverAsync(piece);
        });
        Assert.Equal(problem, await encounter.ProblemAsync());
        await encounter.Server.ConversationsAsync();
    }

    [Fact]
    public async Task Unpacks_nothing()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[20_000_000]);
        }

        await using var encounter = Encounter.With(async c =>
        {
            await c.SendAsync($"HTTP/1.1 200 OK\r\n{Json}Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await c.SendAsync(packed.ToArray());
        });
        Assert.Equal("answered with a content encoding; none is allowed", await encounter.ProblemAsync());
    }

    [Fact]
    public async Task Survives_a_connection_that_is_reset_in_the_middle()
    {
        await using var encounter = Encounter.With(async c =>
        {
            await c.SendAsync($"HTTP/1.1 200 OK\r\n{Json}Content-Length: 1000\r\n\r\n[");
            c.Reset();
        });
        Assert.Equal("did not answer with a complete HTTP response", await encounter.ProblemAsync());
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Asks_with_nothing_of_its_own()
    {
        using var source = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(source);
        using var activity = new Activity("registration").Start();
        await using var encounter = Encounter.With(
            c => c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\n{}"),
            options => options.CacheSeconds = 0);
        await encounter.TextAsync("/keys?version=1");
        await encounter.TextAsync("/keys?version=1");
        Assert.Equal(2, encounter.Server.Requests.Count);
        Assert.All(encounter.Server.Requests, request => Assert.Equal(
            [
                "GET /keys?version=1 HTTP/1.1", $"Host: keys.example:{encounter.Server.Port}",
                "Accept: application/json, application/jwk-set+json",
                "Accept-Encoding: identity", "User-Agent: GrpcDcr", "Connection: close",
            ],
            request.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)));
    }
}
