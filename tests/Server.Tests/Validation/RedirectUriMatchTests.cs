using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>Which redirect URI an authorization request may use.</summary>
public sealed class RedirectUriMatchTests
{
    [Theory]
    [InlineData("M-01", "https://client.example/cb", "https://client.example/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:51004/cb")]
    [InlineData("M-05", "http://127.0.0.1:3000/cb", "http://127.0.0.1:4000/cb")]
    [InlineData("M-05", "http://127.0.0.1:3000/cb", "http://127.0.0.1/cb")]
    [InlineData("M-06", "http://[::1]/cb", "http://[::1]:61023/cb")]
    [InlineData("M-07", "http://localhost/cb", "http://localhost:3118/cb")]
    [InlineData("M-10", "http://127.0.0.1", "http://127.0.0.1:33418")]
    [InlineData("M-12", "cursor://a/b", "cursor://a/b")]
    public void Allows(string id, string registered, string requested) =>
        Assert.True(RedirectUriMatch.Allows(registered, requested), id);

    [Theory]
    [InlineData("M-02", "https://client.example/cb", "https://client.example/cb/")]
    [InlineData("M-02", "https://client.example/cb", "https://client.example/CB")]
    [InlineData("M-02", "https://client.example/cb", "https://client.example/cb?x")]
    [InlineData("M-02", "https://client.example/cb", "https://client.example/cb#f")]
    [InlineData("M-02", "https://client.example/cb", "https://client.example:443/cb")]
    [InlineData("M-02", "https://client.example/cb", "https://CLIENT.example/cb")]
    [InlineData("M-02", "https://client.example/cb", "https://client.example/%63b")]
    [InlineData("M-03", "https://client.example/cb?a=1", "https://client.example/cb?a=1&b=2")]
    [InlineData("M-03", "https://client.example/cb?a=1", "https://client.example/cb?a=2")]
    [InlineData("M-03", "https://client.example/cb?a=1", "https://client.example/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:0/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:65536/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:08080/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:/cb")]
    [InlineData("M-04", "http://127.0.0.1/cb", "http://127.0.0.1:80 /cb")]
    [InlineData("M-07", "http://localhost/cb", "http://LOCALHOST:3118/cb")]
    [InlineData("M-08", "http://127.0.0.1/cb", "http://localhost/cb")]
    [InlineData("M-08", "http://127.0.0.1/cb", "http://[::1]/cb")]
    [InlineData("M-08", "http://127.0.0.1/cb", "http://127.0.0.2/cb")]
    [InlineData("M-09", "http://127.0.0.1/cb", "http://127.0.0.1:1/cb/x")]
    [InlineData("M-09", "http://127.0.0.1/cb", "http://127.0.0.1:1/cb?x=1")]
    [InlineData("M-09", "http://127.0.0.1/cb", "https://127.0.0.1/cb")]
    [InlineData("M-09", "http://127.0.0.1/cb", "http://127.0.0.1:1@evil.example/cb")]
    [InlineData("M-09", "http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb")]
    [InlineData("M-09", "http://127.0.0.1/cb", "http:127.0.0.1:1/cb")]
    [InlineData("M-10", "http://127.0.0.1", "http://127.0.0.1:33418/")]
    [InlineData("M-11", "https://client.example/cb", "https://client.example:8443/cb")]
    [InlineData("M-11", "https://localhost/cb", "https://localhost:8443/cb")]
    [InlineData("M-12", "cursor://a/b", "cursor://a/b?x")]
    [InlineData("M-12", "cursor://a/b", "CURSOR://a/b")]
    [InlineData("M-12", "cursor://a/b", "cursor:/a/b")]
    [InlineData("M-12", "cursor://localhost/b", "cursor://localhost:1/b")]
    public void Refuses(string id, string registered, string requested) =>
        Assert.False(RedirectUriMatch.Allows(registered, requested), id);

    [Theory]
    [InlineData("M-13", "https://a.example/cb", null, "https://a.example/cb")]
    [InlineData("M-13", "https://a.example/cb https://a.example/cb", null, "https://a.example/cb")]
    [InlineData("M-13", "https://a.example/cb https://b.example/cb", null, null)]
    [InlineData("M-13", "", null, null)]
    [InlineData("M-13", "", "https://a.example/cb", null)]
    [InlineData("M-13", "https://a.example/cb", "", null)]
    [InlineData("M-01", "https://a.example/cb https://b.example/cb", "https://b.example/cb", "https://b.example/cb")]
    [InlineData("M-04", "https://a.example/cb http://127.0.0.1/cb", "http://127.0.0.1:7/cb", "http://127.0.0.1:7/cb")]
    public void Chooses_the_one_to_use(string id, string registered, string? requested, string? expected)
    {
        var uris = registered.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((id, expected), (id, RedirectUriMatch.Choose([.. uris.Select(uri => new RedirectUri(uri))], requested)));
    }
}
