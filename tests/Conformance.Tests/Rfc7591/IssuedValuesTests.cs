using System.Globalization;
using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 3.2.1: what the server issues, and that nobody else does.</summary>
public sealed class IssuedValuesTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7591-3.2-01")]
    [Requirement("7591-3.2.1-01")]
    [Requirement("7591-3.2.1-03")]
    [Requirement("7591-3.2.1-04")]
    [Requirement("7591-3.2.1-06")]
    [Requirement("7591-3.2.1-08")]
    [Requirement("6749-A-01")]
    [Requirement("6749-A-02")]
    [Requirement("6749-5.1-01")]
    [Requirement("6749-10.10-01")]
    [Requirement("OIDR-3.2-02")]
    [Requirement("MCP-INT-01")]
    [Requirement("CIMD-09")]
    public async Task Issues_values_of_the_right_shape()
    {
        var answer = (await _server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        var client = answer.Json;

        Assert.Matches(@"^[\x21-\x7E]+\z", client.GetProperty("client_id").GetString());
        Assert.DoesNotContain("https://", client.GetProperty("client_id").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^[A-Za-z0-9._~-]{27,}\z", client.GetProperty("client_secret").GetString());
        Assert.Equal("0", client.GetProperty("client_secret_expires_at").GetRawText());
        Assert.Matches(@"^[0-9]{10}\z", client.GetProperty("client_id_issued_at").GetRawText());
        Assert.InRange(
            client.GetProperty("client_id_issued_at").GetInt64() - answer.Headers.Date!.Value.ToUnixTimeSeconds(), -60, 60);
        Assert.Equal(_server.Time.GetUtcNow().ToUnixTimeSeconds(), client.GetProperty("client_id_issued_at").GetInt64());
        Assert.Matches(@"^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{22}\z", client.GetProperty("registration_access_token").GetString());
        Assert.Equal(
            $"{_server.PublicAddress}oauth/register/{client.GetProperty("client_id")}", client.GetProperty("registration_client_uri")
                .GetString());
    }

    [Theory]
    [InlineData("client_id", "\"admin\"")]
    [InlineData("client_secret", "\"chosen-by-the-client\"")]
    [InlineData("client_id_issued_at", "1")]
    [InlineData("client_secret_expires_at", "77")]
    [InlineData("registration_access_token", "\"x\"")]
    [InlineData("registration_client_uri", "\"https://evil.example/\"")]
    [InlineData("client_status", "\"active\"")]
    [InlineData("client_information", "{\"client_id\":\"admin\"}")]
    [Requirement("7591-3.1-03")]
    [Requirement("9700-4.15-01")]
    public async Task Issues_its_own_values_whatever_the_client_sends(string member, string value)
    {
        var client = await _server.RegisteredAsync(Bodies.With($"\"{member}\":{value}"));

        Assert.False(client.TryGetProperty(member, out var issued) && issued.GetRawText() == value);
        Assert.Equal("pending", client.GetProperty("client_status").GetString());
        Assert.True(Guid.TryParse(client.GetProperty("client_id").GetString(), CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    [Requirement("7591-3.1-02")]
    [Requirement("7591-3.2.1-02")]
    [Requirement("7591-5-10")]
    [Requirement("OIDR-3.2-03")]
    [Requirement("6749-2.2-01")]
    public async Task Issues_nothing_twice()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => _server.RegisteredAsync(Bodies.Smallest)));

        var issued = clients.SelectMany(Credentials).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(2000, issued.Count);
        Assert.All(clients, client => Assert.Equal(36, client.GetProperty("client_id").GetString()!.Length));
    }

    [Theory]
    [InlineData("https://client.example/cb?x=1&y=")]
    [InlineData("HTTPS://CLIENT.example:443/cb")]
    [InlineData("https://client.example")]
    [InlineData("https://client.example/%63b/")]
    [Requirement("6749-3.1.2-01")]
    [Requirement("6749-3.1.2.3-01")]
    [Requirement("OIDR-3.2-01")]
    [Requirement("D-08")]
    public async Task Keeps_redirect_uris_to_the_byte_and_in_order(string uri)
    {
        var answer = await _server.RegisterAsync(Bodies.Redirecting($"\"https://z.example/\",\"{uri}\",\"https://a.example/\""));

        Assert.Equal(["https://z.example/", uri, "https://a.example/"], answer.IsRegistration().Json.Strings("redirect_uris"));
        Assert.Contains($"\"{uri}\"", answer.Body, StringComparison.Ordinal);
    }

    private static string[] Credentials(JsonElement client) =>
        [client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!];
}
