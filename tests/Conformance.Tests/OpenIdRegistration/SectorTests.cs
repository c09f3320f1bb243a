using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.OpenIdRegistration;

/// <summary>OpenID Connect Registration section 5: the document that names all redirect URIs of a sector.</summary>
public sealed class SectorTests(SectorTests.Servers servers) : IClassFixture<SectorTests.Servers>
{
    private const string Metadata = "invalid_client_metadata";
    private const string Uris = "\"https://a.example/cb\",\"https://b.example/Cb?x=1\"";

    [Theory]
    [InlineData("[\"https://b.example/Cb?x=1\",\"https://a.example/cb\",\"https://c.example/\"]")]
    [InlineData("[" + Uris + "]")]
    [InlineData("[\"\\u0068ttps://a.example/cb\",\"https:\\/\\/b.example\\/Cb?x=\\u0031\"]")]
    [Requirement("OIDR-2-13")]
    [Requirement("OIDR-2-15")]
    [Requirement("OIDR-6-01")]
    public async Task Registers_where_each_redirect_uri_is_listed(string document)
    {
        var address = servers.Publish(document);

        var client = await servers.Service.RegisteredAsync(Pairwise(address));

        Assert.Equal(address, client.GetProperty("sector_identifier_uri").GetString());
        Assert.Equal("pairwise", client.GetProperty("subject_type").GetString());
    }

    [Theory]
    [InlineData("OIDR-2-13", "[\"https://a.example/cb\"]")]
    [InlineData("OIDR-2-13", "[]")]
    [InlineData("OIDR-2-13", "{\"redirect_uris\":[" + Uris + "]}")]
    [InlineData("OIDR-2-13", "\"https://a.example/cb\"")]
    [InlineData("OIDR-2-13", "[" + Uris + ",1]")]
    [InlineData("OIDR-2-13", "[" + Uris + "")]
    [InlineData("OIDR-2-13", "<html></html>")]
    [InlineData("OIDR-2-13", "")]
    [InlineData("OIDR-6-01", "[\"https://a.example/cb/\",\"https://b.example/Cb?x=1\"]")]
    [InlineData("OIDR-6-01", "[\"https://A.example/cb\",\"https://b.example/Cb?x=1\"]")]
    [InlineData("OIDR-6-01", "[\"https://a.example/cb\",\"https://b.example/cb?x=1\"]")]
    [InlineData("OIDR-6-01", "[\"https://a.example/%63b\",\"https://b.example/Cb?x=1\"]")]
    public async Task Refuses_what_does_not_list_each_of_them(string requirement, string document)
    {
        var refusal = await servers.Service.RefusedAsync(Metadata, Pairwise(servers.Publish(document)));

        Assert.True(refusal.Description!.Contains("sector_identifier_uri", StringComparison.Ordinal), requirement);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("204 No Content")]
    [InlineData("500 Internal Server Error")]
    [InlineData("301 Moved Permanently")]
    [Requirement("OIDR-2-13")]
    public async Task Reads_no_document_of_another_status(string status)
    {
        var address = servers.Publish(conversation => conversation.SendAsync(
            $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: 54\r\n\r\n[{Uris}]  "));

        await servers.Service.RefusedAsync(Metadata, Pairwise(address));
    }

    [Fact]
    [Requirement("OIDR-2-14")]
    public async Task Follows_no_redirect()
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var address = servers.Publish(conversation => conversation.SendAsync(
            $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{((IPEndPoint)target.LocalEndpoint).Port}/\r\nContent-Length: 0\r\n\r\n"));

        await servers.Service.RefusedAsync(Metadata, Pairwise(address));

        Assert.False(target.Pending());
    }

    [Fact]
    [Requirement("OIDR-2-14")]
    public async Task Waits_for_no_slow_server()
    {
        var address = servers.Publish(conversation => conversation.WaitForCloseAsync());

        var pending = servers.Service.RegisterAsync(Pairwise(address));
        await servers.RequestedAsync(address);
        servers.Service.Time.Advance(TimeSpan.FromSeconds(5));

        (await pending).IsRefusal(Metadata, HttpStatusCode.BadRequest, "slow");
    }

    [Fact]
    [Requirement("OIDR-2-14")]
    public async Task Reads_no_more_than_its_limit()
    {
        var endless = servers.Publish(async conversation =>
        {
            await conversation.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            await conversation.SendForeverAsync("1000\r\n" + new string(' ', 0x1000) + "\r\n");
        });
        var large = servers.Publish(conversation => conversation.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n["));

        await servers.Service.RefusedAsync(Metadata, Pairwise(endless));
        await servers.Service.RefusedAsync(Metadata, Pairwise(large));
    }

    [Fact]
    [Requirement("OIDR-2-14")]
    public async Task Inflates_nothing()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[10_000_000]);
        }

        var address = servers.Publish(async conversation =>
        {
            await conversation.SendAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await conversation.SendAsync(packed.ToArray());
        });

        await servers.Service.RefusedAsync(Metadata, Pairwise(address));
    }

    private static string Pairwise(string address) =>
        $$"""{"redirect_uris":[{{Uris}}],"subject_type":"pairwise","sector_identifier_uri":"{{address}}"}""";

    public sealed class Servers : DocumentServers;
}
