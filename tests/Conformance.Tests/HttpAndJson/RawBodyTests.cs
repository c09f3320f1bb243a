using System.IO.Compression;
using System.Net;
using System.Text;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.HttpAndJson;

/// <summary>Bodies that no HTTP client would send.</summary>
public sealed class RawBodyTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Json = "Content-Type: application/json";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("9110-02")]
    public async Task Ends_an_endless_chunked_body()
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, "Transfer-Encoding: chunked");

        var chunk = Encoding.ASCII.GetBytes("1000\r\n" + new string(' ', 0x1000) + "\r\n");
        var sent = await request.SendUntilClosedAsync(chunk, atMost: 64 * 1024 * 1024);

        Assert.InRange(sent, 1, 32 * 1024 * 1024);
    }

    [Theory]
    [InlineData("Content-Length: 1048576")]
    [InlineData("Content-Length: 65537")]
    [InlineData("Content-Length: 9000000000000")]
    [Requirement("9110-02")]
    public async Task Refuses_a_large_body_from_its_length_alone(string length)
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, length);

        var answer = await request.AnswerAsync();

        Assert.Equal((413, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    [Requirement("9110-02")]
    public async Task Refuses_a_large_chunked_body_with_413()
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, "Transfer-Encoding: chunked");

        await request.SendAsync($"{70_000:X}\r\n{new string(' ', 70_000)}\r\n");
        var answer = await request.AnswerAsync();

        Assert.Equal((413, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    [Requirement("9110-02")]
    public async Task Reads_a_chunked_body_to_the_limit()
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, "Transfer-Encoding: chunked");

        var body = Bodies.Smallest + new string(' ', 60_000);
        await request.SendAsync(string.Concat(body.Chunk(7_000).Select(c => $"{c.Length:x}\r\n{new string(c)}\r\n")) + "0\r\n\r\n");

        Assert.Equal(201, (await request.AnswerAsync()).Status);
    }

    [Fact]
    [Requirement("9110-02")]
    public async Task Refuses_compressed_bodies()
    {
        foreach (var encoding in new[] { "gzip", "br", "identity, gzip" })
        {
            var body = Bodies.Content(Gzip(Bodies.Smallest), "application/json");
            body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            await _server.RefusedAsync("invalid_request", HttpStatusCode.UnsupportedMediaType, body);
        }
    }

    [Theory]
    [InlineData("Content-Length: 10", "{}")]
    [InlineData("Content-Length: 4000", "{\"redirect_uris\":[\"https://client.example/cb\"]}")]
    [Requirement("9110-02")]
    public async Task Registers_nothing_from_a_body_that_ends_early(string length, string body)
    {
        var before = await _server.CountClientsAsync();
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, length);
        await request.SendAsync(body);
        request.EndSending();

        // The server may answer 400 or hang up; it must neither register nor fail.
        await request.SendUntilClosedAsync([], atMost: 0);

        Assert.Equal(before, await _server.CountClientsAsync());
        Assert.Equal("", string.Join('\n', _server.Log.All.Where(line => line.StartsWith("Error", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: x")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding: gzip, identity")]
    public async Task Refuses_a_body_without_a_clear_end(string header)
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, header);

        await request.SendAsync("{}");

        Assert.InRange((await request.AnswerAsync()).Status, 400, 499);
    }

    [Fact]
    [Requirement("7591-3-02")]
    public async Task Refuses_a_body_without_a_media_type()
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, "Content-Length: 2");

        await request.SendAsync("{}");

        Assert.Equal(415, (await request.AnswerAsync()).Status);
    }

    [Theory]
    [InlineData("application/json\r\nContent-Type: text/plain")]
    [InlineData("application/json, text/plain")]
    [Requirement("7591-3-02")]
    public async Task Refuses_two_media_types(string types)
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, "Content-Type: " + types, "Content-Length: 2");

        await request.SendAsync("{}");

        Assert.Equal(415, (await request.AnswerAsync()).Status);
    }

    [Theory]
    [InlineData("Authorization: Bearer a\r\nAuthorization: Bearer b")]
    [Requirement("6750-2-02")]
    public async Task Refuses_two_credentials(string headers)
    {
        using var request = await RawRequest.RegistrationAsync(_server.PublicAddress, Json, "Content-Length: 2", headers);

        await request.SendAsync("{}");
        var answer = await request.AnswerAsync();

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
