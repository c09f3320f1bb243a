using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 2.2: human-readable members in several languages.</summary>
public sealed class LocalizedTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7591-2.2-01")]
    public async Task Returns_every_language_under_the_name_it_came_with()
    {
        var client = await _server.RegisteredAsync(Bodies.With(
            "\"client_name\":\"A\",\"client_name#ja-Jpan-JP\":\"\\u30AF\",\"logo_uri#fr\":\"https://client.example/l\""));

        Assert.Equal("A", client.GetProperty("client_name").GetString());
        Assert.Equal("\u30AF", client.GetProperty("client_name#ja-Jpan-JP").GetString());
        Assert.Equal("https://client.example/l", client.GetProperty("logo_uri#fr").GetString());
        Assert.False(client.TryGetProperty("localized", out _));
    }

    [Fact]
    [Requirement("7591-2.2-02")]
    public Task Compares_languages_without_case() =>
        _server.RefusedAsync("invalid_client_metadata", Bodies.With("\"client_name#EN\":\"A\",\"client_name#en\":\"B\""));

    [Theory]
    [InlineData("\"redirect_uris#en\":[\"https://evil.example/\"]")]
    [InlineData("\"token_endpoint_auth_method#en\":\"none\"")]
    [InlineData("\"scope#en\":\"openid\"")]
    [InlineData("\"#en\":\"x\"")]
    [InlineData("\"Client_Name#en\":\"x\"")]
    [Requirement("7591-2.2-05")]
    public async Task Ignores_languages_of_members_that_have_none(string members)
    {
        var plain = await _server.RegisteredAsync(Bodies.Smallest);

        var client = await _server.RegisteredAsync(Bodies.With(members));

        Assert.Equal(Names(plain), Names(client));
        Assert.Equal(["https://client.example/cb"], client.Strings("redirect_uris"));
        Assert.Equal("client_secret_basic", client.GetProperty("token_endpoint_auth_method").GetString());
    }

    [Theory]
    [InlineData("\"client_name#\":\"x\"")]
    [InlineData("\"client_name##\":\"x\"")]
    [InlineData("\"client_name#\\u0000\":\"x\"")]
    [InlineData("\"client_name#\\\"\\\\\\u202e\":\"x\"")]
    [InlineData("\"client_name#\u30AF\":1")]
    [InlineData("\"client_name#en\":[\"x\"]")]
    [Requirement("7591-2.2-06")]
    public Task Refuses_what_is_no_language(string members) =>
        _server.RefusedAsync("invalid_client_metadata", Bodies.With(members));

    [Fact]
    [Requirement("7591-2.2-06")]
    public async Task Refuses_more_languages_than_anybody_speaks()
    {
        var many = string.Join(',', Enumerable.Range(0, 2_500).Select(i => $"\"client_name#x{(char)('a' + (i % 26))}-{i:D4}\":\"x\""));

        await _server.RefusedAsync("invalid_client_metadata", Bodies.With(many));
    }

    private static IEnumerable<string> Names(JsonElement client) => client.EnumerateObject().Select(member => member.Name);
}
