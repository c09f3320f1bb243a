using GrpcDcr.Interop.Tests.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>The SDK that MCP clients are built with: bodies they really send, and what they make of a refusal.</summary>
public sealed class McpSdkTests(RunningService service) : IClassFixture<RunningService>
{
    private const string Script = "mcp-sdk.mjs";

    [Fact]
    public async Task Registers_a_native_client_with_a_loopback_redirect_uri()
    {
        var outcome = await NodeClient.RegisterAsync(Script, service, new
        {
            client_name = "Claude Code",
            redirect_uris = new[] { "http://localhost:54212/callback" },
            grant_types = new[] { "authorization_code", "refresh_token" },
            response_types = new[] { "code" },
            token_endpoint_auth_method = "none",
        });

        var client = RegisteredDocument.In(outcome);
        RegisteredDocument.AssertUsable(client, "none");
        Assert.Equal(["http://localhost:54212/callback"], RegisteredDocument.Strings(client, "redirect_uris"));
    }

    [Fact]
    public async Task Registers_the_three_redirect_uris_of_an_editor_unchanged()
    {
        string[] uris =
        [
            "cursor://anysphere.cursor-mcp/oauth/callback",
            "https://www.cursor.com/agents/mcp/oauth/callback",
            "http://localhost:8787/callback",
        ];

        var outcome = await NodeClient.RegisterAsync(
            Script, service, new { client_name = "Cursor", redirect_uris = uris, token_endpoint_auth_method = "none" });

        Assert.Equal(uris, RegisteredDocument.Strings(RegisteredDocument.In(outcome), "redirect_uris"));
    }

    [Fact]
    public async Task Parses_refused_metadata_as_its_own_error_class_with_our_description()
    {
        var outcome = await NodeClient.RegisterAsync(Script, service, new
        {
            redirect_uris = new[] { "https://client.example/callback" },
            token_endpoint_auth_method = "private_key_jwt",
        });

        var refused = RegisteredDocument.RefusalIn(outcome);
        Assert.Equal("InvalidClientMetadataError", refused.GetProperty("class").GetString());
        Assert.Equal("invalid_client_metadata", refused.GetProperty("error").GetString());
        Assert.Contains("token_endpoint_auth_method", refused.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// The SDK has no class for <c>invalid_redirect_uri</c> (RFC 7591 section 3.2.2) and falls back to its most general one.
    /// </summary>
    [Fact]
    public async Task Shows_our_description_of_a_refused_redirect_uri()
    {
        var outcome = await NodeClient.RegisterAsync(Script, service, new { redirect_uris = new[] { "http://client.example/callback" } });

        var refused = RegisteredDocument.RefusalIn(outcome);
        Assert.Equal("ServerError", refused.GetProperty("class").GetString());
        Assert.StartsWith("redirect_uris", refused.GetProperty("description").GetString(), StringComparison.Ordinal);
    }
}
