using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Discovery;

/// <summary>What the metadata document promises for others, and that registration keeps its own part.</summary>
public sealed class PromisesTests
{
    [Theory]
    [InlineData("9207-01", "authorization_response_iss_parameter_supported")]
    [InlineData("CIMD-AS-01", "client_id_metadata_document_supported")]
    [InlineData("8705-5-01", "mtls_endpoint_aliases")]
    public async Task Promises_nothing_that_only_the_authorization_server_can_keep(string requirement, string member)
    {
        await using var server = await RunningServer.StartAsync();

        var document = await server.SendAsync(HttpMethod.Get, MetadataTests.Path, null);

        Assert.False(document.Json.TryGetProperty(member, out _), requirement);
    }

    [Fact]
    [Requirement("MCP-1125-01")]
    [Requirement("MCP-0728-01")]
    public async Task Registers_beside_documents_for_identifiers()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"client_id_metadata_document_supported":true}""");
        await using var server = await RunningServer.StartAsync("Metadata:BaseDocumentPath=" + file);
        File.Delete(file);

        var document = (await server.SendAsync(HttpMethod.Get, MetadataTests.Path, null)).Json;

        Assert.True(document.GetProperty("client_id_metadata_document_supported").GetBoolean());
        Assert.True(document.TryGetProperty("registration_endpoint", out _));
        await server.RegisteredAsync(Bodies.PublicNative);
    }
}

/// <summary>The document behind a proxy that speaks TLS.</summary>
public sealed class ProxiedDocumentTests(ProxiedServer proxied) : IClassFixture<ProxiedServer>
{
    private static readonly string[] AsTheProxy =
        ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: as.example"];

    [Fact]
    [Requirement("8414-2-01")]
    [Requirement("8414-2-02")]
    public async Task Names_https_addresses_that_work()
    {
        var document = (await proxied.Server.SendAsync(HttpMethod.Get, MetadataTests.Path, null, AsTheProxy)).Json;

        var issuer = new Uri(document.GetProperty("issuer").GetString()!);
        Assert.Equal(("https", "", ""), (issuer.Scheme, issuer.Query, issuer.Fragment));
        var endpoint = new Uri(document.GetProperty("registration_endpoint").GetString()!);
        Assert.Equal("https://as.example", endpoint.GetLeftPart(UriPartial.Authority));
        (await proxied.Server.SendAsync(HttpMethod.Post, endpoint.PathAndQuery, Bodies.Json(Bodies.Smallest), AsTheProxy)).IsRegistration();
    }
}
