using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Mcp;

/// <summary>What clients in use send to register, as a whole. Each must get in, with its list of redirect URIs as it sent it.</summary>
public sealed class RealClientsTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string CodeAndRefresh = "\"grant_types\":[\"authorization_code\",\"refresh_token\"],\"response_types\":[\"code\"],";
    private const string Public = CodeAndRefresh + "\"token_endpoint_auth_method\":\"none\"";
    private const string VsCode =
        "\"client_name\":\"Visual Studio Code\",\"client_uri\":\"https://code.visualstudio.com\",\"application_type\":\"native\","
        + "\"grant_types\":[\"authorization_code\",\"refresh_token\",\"urn:ietf:params:oauth:grant-type:device_code\"],"
        + "\"response_types\":[\"code\"],\"token_endpoint_auth_method\":\"none\",\"scope\":\"openid profile\"";

    public static TheoryData<string, string, string, string, string> Clients => new()
    {
        { "RC-01", "Claude", "https://claude.ai/api/mcp/auth_callback", "none", "\"client_name\":\"Claude\",\"scope\":\"openid email\"," + Public },
        { "RC-01", "Claude (new host)", "https://claude.com/api/mcp/auth_callback", "none", "\"client_name\":\"Claude\"," + Public },
        { "RC-02", "Claude Code", "http://localhost:3118/callback", "none", "\"client_name\":\"Claude Code\",\"application_type\":\"native\"," + Public },
        { "RC-02", "Claude Code without port", "http://localhost/callback http://127.0.0.1/callback", "none", "\"client_name\":\"Claude Code (x)\"," + Public },
        { "RC-03", "ChatGPT", "https://chatgpt.com/connector_platform_oauth_redirect", "none", "\"client_name\":\"ChatGPT\"," + Public },
        { "RC-03", "ChatGPT (own callback)", "https://chatgpt.com/connector/oauth/Ab-1_x", "client_secret_post", "\"token_endpoint_auth_method\":\"client_secret_post\"" },
        {
            "RC-04", "Cursor",
            "cursor://anysphere.cursor-mcp/oauth/callback https://www.cursor.com/agents/mcp/oauth/callback http://localhost:8787/callback",
            "none", "\"client_name\":\"Cursor\",\"application_type\":\"web\"," + Public
        },
        { "RC-04", "Cursor (older)", "cursor://anysphere.cursor-retrieval/oauth/user-x/callback", "none", "\"client_name\":\"Cursor\"," + Public },
        {
            "RC-05", "VS Code 2025",
            "https://insiders.vscode.dev/redirect https://vscode.dev/redirect http://localhost http://127.0.0.1 http://localhost:33418 http://127.0.0.1:33418",
            "none", VsCode
        },
        {
            "RC-06", "VS Code", "https://insiders.vscode.dev/redirect https://vscode.dev/redirect http://127.0.0.1/ http://127.0.0.1:33418/",
            "none", VsCode
        },
        { "RC-07", "Codex CLI", "http://127.0.0.1:52731/callback/x1", "none", "\"client_name\":\"Codex\",\"application_type\":\"native\"," + Public },
        { "RC-08", "OpenCode", "http://127.0.0.1:19876/mcp/oauth/callback", "none", "\"client_name\":\"OpenCode\",\"client_uri\":\"https://opencode.ai\"," + Public },
        {
            "RC-09", "MCP Inspector", "http://localhost:6274/oauth/callback http://localhost:6274/oauth/callback/debug", "none",
            "\"client_name\":\"MCP Inspector\",\"client_uri\":\"https://github.com/modelcontextprotocol/inspector\",\"scope\":\"\"," + Public
        },
        {
            "RC-10", "mcp-remote", "http://localhost:3334/oauth/callback http://127.0.0.1:3335/oauth/callback", "none",
            "\"client_name\":\"MCP CLI Proxy\",\"software_id\":\"2e6dc280-f3c3-4e01-99a7-8181dbd1d23d\",\"software_version\":\"0.1.37\"," + Public
        },
        { "RC-11", "Warp", "warp://mcp/oauth2callback", "none", "\"client_name\":\"Warp\"," + Public },
        { "RC-11", "Warp (former)", "warp://mcp/oauth2callback?server_id=5c2d", "none", "\"client_name\":\"Warp\"," + Public },
        { "RC-12", "Raycast", "com.raycast:/oauth", "none", "\"client_name\":\"Raycast\"," + Public },
        { "RC-13", "Mistral", "https://callback.mistral.ai/v1/integrations_auth/oauth2_callback", "none", "\"client_name\":\"mistral-mcp-client\"," + Public },
        {
            "RC-14", "Perplexity", "https://www.perplexity.ai/rest/connections/oauth_callback https://enterprise.perplexity.ai/rest/connections/oauth_callback",
            "client_secret_basic", "\"client_name\":\"Perplexity\""
        },
        {
            "RC-15", "Grok", "https://grok.com/connectors-oauth-exchange-code/ https://console.x.ai/connectors-oauth-exchange-code/",
            "none", "\"client_name\":\"Grok\"," + Public
        },
        { "RC-16", "Devin", "https://api.devin.ai/mcp/oauth/callback", "none", Public },
        { "RC-16", "Antigravity", "https://antigravity.google/oauth-callback", "none", Public },
        { "RC-17", "Copilot Studio", "https://global.consent.azure-apim.net/redirect/cr123-5fmy-5fconnector", "client_secret_post", "\"token_endpoint_auth_method\":\"client_secret_post\"" },
        { "RC-18", "MCP C# SDK", "http://localhost:1179/callback", "client_secret_basic", "\"client_name\":\"ProtectedMcpClient\",\"client_uri\":null,\"scope\":null" },
        { "RC-19", "MCP Python SDK", "http://localhost:3030/callback", "client_secret_post", CodeAndRefresh + "\"application_type\":\"native\",\"token_endpoint_auth_method\":\"client_secret_post\",\"client_name\":\"Simple Auth Client\"" },
        { "RC-20", "MCP TypeScript SDK", "http://localhost:8090/callback", "client_secret_post", CodeAndRefresh + "\"application_type\":\"native\",\"token_endpoint_auth_method\":\"client_secret_post\",\"scope\":\"openid\"" },
        { "RC-21", "Hopper", "hopperai://oauth", "none", "\"code_challenge_method\":\"S256\"," + Public },
        { "RC-21", "systemprompt", "systemprompt://oauth/callback", "none", "\"code_challenge_method\":\"S256\"," + Public },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    [Requirement("MCP-0618-01")]
    [Requirement("MCP-INT-03")]
    public async Task Registers(string requirement, string client, string redirectUris, string method, string members)
    {
        var uris = redirectUris.Split(' ');
        var body = $$"""{"redirect_uris":[{{string.Join(',', uris.Select(uri => $"\"{uri}\""))}}],{{members}}}""";

        var registered = await shared.Server.RegisteredAsync(body);

        Assert.Equal(uris, registered.Strings("redirect_uris"));
        Assert.True(method == registered.GetProperty("token_endpoint_auth_method").GetString(), $"{requirement} {client}");
        Assert.Equal(method != "none", registered.TryGetProperty("client_secret", out _));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Registers_through_grpc_as_well(string requirement, string client, string redirectUris, string method, string members)
    {
        Assert.NotEmpty(requirement + members);
        var answer = await shared.Server.Registration().RegisterClientAsync(new()
        {
            Metadata = new() { RedirectUris = { redirectUris.Split(' ') }, TokenEndpointAuthMethod = method, ClientName = client },
        });

        Assert.Equal(redirectUris.Split(' '), answer.ClientInformation.Metadata.RedirectUris);
        Assert.Equal(method != "none", answer.ClientInformation.HasClientSecret);
    }
}
