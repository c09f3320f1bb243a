using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Discovery;

/// <summary>The metadata document of a deployment, with the registration part laid over it.</summary>
public sealed class BaseDocumentTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    [Requirement("8414-2-05")]
    [Requirement("MCP-1125-02")]
    [Requirement("8414-3-03")]
    public async Task Keeps_what_the_deployment_says_and_replaces_what_registration_decides()
    {
        await using var server = await StartAsync(
            """
            {"issuer":"https://as.example","authorization_endpoint":"https://as.example/authorize",
             "code_challenge_methods_supported":["S256"],
             "registration_endpoint":"https://elsewhere.example/","grant_types_supported":["password"],"scopes_supported":["wrong"]}
            """,
            "PublicBaseUrl=https://as.example");

        var document = await DocumentAsync(server, MetadataTests.Path);

        Assert.Equal("https://as.example", document.GetProperty("issuer").GetString());
        Assert.Equal("https://as.example/authorize", document.GetProperty("authorization_endpoint").GetString());
        Assert.Equal(["S256"], document.Strings("code_challenge_methods_supported"));
        Assert.Equal("https://as.example/oauth/register", document.GetProperty("registration_endpoint").GetString());
        Assert.DoesNotContain("password", document.Strings("grant_types_supported"));
        Assert.DoesNotContain("wrong", document.Strings("scopes_supported"));
    }

    [Theory]
    [InlineData("https://as.example/t1", "/.well-known/oauth-authorization-server/t1")]
    [InlineData("https://as.example/t1/", "/.well-known/oauth-authorization-server/t1")]
    [InlineData("https://as.example/a/b", "/.well-known/oauth-authorization-server/a/b")]
    [InlineData("https://as.example/a%20b", "/.well-known/oauth-authorization-server/a%20b")]
    [InlineData("https://as.example/", "/.well-known/oauth-authorization-server")]
    [Requirement("8414-3-01")]
    public async Task Stands_before_the_path_of_its_issuer(string issuer, string path)
    {
        await using var server = await StartAsync($$"""{"issuer":"{{issuer}}"}""", "PublicBaseUrl=https://as.example");

        Assert.Equal(issuer, (await DocumentAsync(server, path)).GetProperty("issuer").GetString());
        var elsewhere = await server.SendAsync(HttpMethod.Get, MetadataTests.Path + "/other", null);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, elsewhere.Status);
    }

    [Fact]
    [Requirement("8414-3-02")]
    public async Task Leaves_out_what_has_no_element()
    {
        await using var server = await StartAsync(
            """
            {"ui_locales_supported":[],"op_policy_uri":null,"op_tos_uri":"","service_documentation":"","claims_supported":["sub"]}
            """, "Registration:AllowedScopes=",
            "Registration:DefaultScope=");

        var document = await DocumentAsync(server, MetadataTests.Path);

        Assert.Equal(["sub"], document.Strings("claims_supported"));
        foreach (var absent in new[]
        {
            "ui_locales_supported", "op_policy_uri", "op_tos_uri", "service_documentation", "scopes_supported",
        })
        {
            Assert.False(document.TryGetProperty(absent, out _), absent);
        }
    }

    [Fact]
    [Requirement("8414-2-01")]
    public async Task Names_no_registration_endpoint_while_registration_is_off()
    {
        await using var server = await StartAsync(
            """{"registration_endpoint":"https://as.example/r"}""", "ENABLE_DYNAMIC_CLIENT_REGISTRATION=false");

        Assert.False((await DocumentAsync(server, MetadataTests.Path)).TryGetProperty("registration_endpoint", out _));
    }

    [Fact]
    [Requirement("MCP-INT-05")]
    public async Task Ignores_the_host_a_caller_claims()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.SendAsync(
            HttpMethod.Get, MetadataTests.Path, null, "Host: evil.example", "X-Forwarded-Host: evil.example");

        Assert.DoesNotContain("evil", answer.Body, StringComparison.Ordinal);
    }

    private async Task<RunningServer> StartAsync(string baseDocument, params string[] settings)
    {
        await File.WriteAllTextAsync(_file, baseDocument);
        return await RunningServer.StartAsync(["Metadata:BaseDocumentPath=" + _file, .. settings]);
    }

    private static async Task<JsonElement> DocumentAsync(RunningServer server, string path) =>
        (await server.SendAsync(HttpMethod.Get, path, null)).Json;
}
