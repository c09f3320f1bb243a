using GrpcDcr.Interop.Tests.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>Registration with an initial access token (RFC 7591 section 3, RFC 6750 section 3).</summary>
public sealed class TokenGatedTests(TokenGatedService service) : IClassFixture<TokenGatedService>
{
    private static readonly object Metadata = new { redirect_uris = new[] { "https://client.example/callback" } };

    [Theory]
    [InlineData("oauth4webapi.mjs")]
    [InlineData("openid-client.mjs")]
    [InlineData("openid-client-5.mjs")]
    public async Task Registers_a_library_that_presents_the_token(string script)
    {
        var outcome = await NodeClient.RegisterAsync(script, service, Metadata, TokenGatedService.InitialAccessToken);

        RegisteredDocument.AssertUsable(RegisteredDocument.In(outcome), "client_secret_basic");
    }

    [Fact]
    public async Task Challenges_a_library_without_a_token_and_names_no_error()
    {
        var outcome = await NodeClient.RegisterAsync("oauth4webapi.mjs", service, Metadata);

        var challenge = Assert.Single(RegisteredDocument.RefusalIn(outcome).GetProperty("challenges").EnumerateArray());
        Assert.Equal("bearer", challenge.GetProperty("scheme").GetString());
        Assert.False(challenge.GetProperty("parameters").TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Challenges_a_library_with_a_wrong_token_and_calls_it_invalid()
    {
        var outcome = await NodeClient.RegisterAsync("oauth4webapi.mjs", service, Metadata, "not-the-token");

        var refused = RegisteredDocument.RefusalIn(outcome);
        Assert.Equal(401, refused.GetProperty("status").GetInt32());
        var challenge = Assert.Single(refused.GetProperty("challenges").EnumerateArray());
        Assert.Equal("invalid_token", challenge.GetProperty("parameters").GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_sdk_of_mcp_which_sends_no_token_learns_that_one_is_needed()
    {
        var outcome = await NodeClient.RegisterAsync("mcp-sdk.mjs", service, Metadata);

        var refused = RegisteredDocument.RefusalIn(outcome);
        Assert.Contains("token", refused.GetProperty("description").GetString(), StringComparison.OrdinalIgnoreCase);
    }
}
