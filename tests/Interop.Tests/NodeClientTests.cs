using System.Text.Json;
using GrpcDcr.Interop.Tests.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>Published OAuth libraries for Node discover the service by its issuer and register over TLS.</summary>
public sealed class NodeClientTests(RunningService service) : IClassFixture<RunningService>
{
    public static TheoryData<string, string> ScriptsAndMethods { get; } = new MatrixTheoryData<string, string>(
        ["oauth4webapi.mjs", "openid-client.mjs", "openid-client-5.mjs", "mcp-sdk.mjs"],
        ["client_secret_basic", "client_secret_post", "none"]);

    [Theory]
    [MemberData(nameof(ScriptsAndMethods))]
    public async Task Keeps_the_method_a_library_asks_for_and_issues_a_secret_where_it_needs_one(string script, string method)
    {
        var outcome = await NodeClient.RegisterAsync(script, service, new
        {
            client_name = "Real client",
            redirect_uris = new[] { "https://client.example/callback" },
            grant_types = new[] { "authorization_code", "refresh_token" },
            response_types = new[] { "code" },
            token_endpoint_auth_method = method,
            scope = "openid profile",
        });

        var client = RegisteredDocument.In(outcome);
        RegisteredDocument.AssertUsable(client, method);
        Assert.Equal("Real client", client.GetProperty("client_name").GetString());
        Assert.Equal("openid profile", client.GetProperty("scope").GetString());
        Assert.Equal(["https://client.example/callback"], RegisteredDocument.Strings(client, "redirect_uris"));
        Assert.Equal(["authorization_code", "refresh_token"], RegisteredDocument.Strings(client, "grant_types"));
    }

    [Theory]
    [InlineData("oauth4webapi.mjs")]
    [InlineData("openid-client.mjs")]
    [InlineData("openid-client-5.mjs")]
    [InlineData("mcp-sdk.mjs")]
    public async Task Shows_the_defaults_to_a_library_that_names_only_its_redirect_uri(string script)
    {
        var outcome = await NodeClient.RegisterAsync(script, service, new { redirect_uris = new[] { "https://client.example/callback" } });

        var client = RegisteredDocument.In(outcome);
        RegisteredDocument.AssertUsable(client, "client_secret_basic");
        Assert.Equal(["authorization_code"], RegisteredDocument.Strings(client, "grant_types"));
        Assert.Equal(["code"], RegisteredDocument.Strings(client, "response_types"));
    }

    [Theory]
    [InlineData("oauth4webapi.mjs", "ResponseBodyError")]
    [InlineData("openid-client.mjs", "ResponseBodyError")]
    [InlineData("openid-client-5.mjs", "OPError")]
    public async Task Tells_a_library_why_a_redirect_uri_is_refused(string script, string error)
    {
        var outcome = await NodeClient.RegisterAsync(script, service, new { redirect_uris = new[] { "https://client.example/cb#part" } });

        var refused = RegisteredDocument.RefusalIn(outcome);
        Assert.Equal(error, refused.GetProperty("class").GetString());
        Assert.Equal(400, refused.GetProperty("status").GetInt32());
        Assert.Equal("invalid_redirect_uri", refused.GetProperty("error").GetString());
        Assert.Contains("redirect_uris", refused.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oauth4webapi.mjs", "client_secret_basic")]
    [InlineData("openid-client.mjs", "client_secret_post")]
    [InlineData("openid-client-5.mjs", "client_secret_basic")]
    [InlineData("mcp-sdk.mjs", "client_secret_post")]
    public async Task A_client_that_a_library_registered_works_once_it_is_approved(string script, string method)
    {
        var outcome = await NodeClient.RegisterAsync(script, service, new
        {
            redirect_uris = new[] { "https://client.example/callback" },
            token_endpoint_auth_method = method,
        });

        var client = RegisteredDocument.In(outcome);
        await Approval.WorksAsync(
            service.Server, client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!, method);
    }

    /// <summary>RFC 7592 section 2.1. The service keeps no secret that it could show again.</summary>
    [Fact]
    public async Task A_library_reads_what_it_registered()
    {
        var outcome = await NodeClient.RegisterAsync("openid-client-5.mjs", service, new
        {
            client_name = "Real client",
            redirect_uris = new[] { "https://client.example/callback" },
        });

        var registered = RegisteredDocument.In(outcome);
        var read = registered.GetProperty("read");
        Assert.Equal(MembersOf(registered, "read", "client_secret"), MembersOf(read));
    }

    private static Dictionary<string, string> MembersOf(JsonElement client, params string[] without) => client.EnumerateObject()
        .Where(member => !without.Contains(member.Name))
        .ToDictionary(member => member.Name, member => member.Value.GetRawText());
}
