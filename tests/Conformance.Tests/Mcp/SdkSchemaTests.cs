using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Mcp;

/// <summary>What the SDKs of the Model Context Protocol read from an answer, each member with the type that they insist on.</summary>
public sealed class SdkSchemaTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private static readonly string[] Texts =
    [
        "client_id", "client_secret", "token_endpoint_auth_method", "client_name", "client_uri", "logo_uri", "scope", "tos_uri",
        "policy_uri",
        "software_id", "software_version",
    ];

    private static readonly string[] Numbers = ["client_id_issued_at", "client_secret_expires_at"];

    private static readonly string[] Lists = ["redirect_uris", "grant_types", "response_types", "contacts"];

    [Theory]
    [InlineData(Bodies.Smallest)]
    [InlineData(Bodies.PublicNative)]
    [InlineData(
        """
        {"redirect_uris":["https://client.example/cb"],"client_name":"A","client_uri":"https://client.example/",
         "logo_uri":"https://client.example/l",
         "scope":"openid","contacts":["a@client.example"],"tos_uri":"https://client.example/t","policy_uri":"https://client.example/p",
         "software_id":"s","software_version":"1"}
        """)]
    [Requirement("MCP-INT-01")]
    public async Task Has_the_types_that_the_sdks_read(string body)
    {
        var client = await shared.Server.RegisteredAsync(body);

        HasKind(client, JsonValueKind.String, Texts);
        HasKind(client, JsonValueKind.Number, Numbers);
        HasKind(client, JsonValueKind.Array, Lists);
        Assert.All(client.Strings("redirect_uris"), uri => Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Absolute), uri));
        foreach (var sent in JsonElement.Parse(body).EnumerateObject())
        {
            Assert.True(client.TryGetProperty(sent.Name, out _), sent.Name);
        }
    }

    private static void HasKind(JsonElement client, JsonValueKind kind, string[] members)
    {
        foreach (var member in members)
        {
            Assert.True(!client.TryGetProperty(member, out var value) || value.ValueKind == kind, member);
        }
    }
}
