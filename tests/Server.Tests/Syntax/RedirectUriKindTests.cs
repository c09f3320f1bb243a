using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Tests.Syntax;

/// <summary>RFC 7591 section 5 and RFC 8252 section 7: who can receive a response at a URI.</summary>
public sealed class RedirectUriKindTests
{
    [Theory]
    [InlineData("https://client.example/cb", nameof(RedirectUriKind.Https))]
    [InlineData("HTTPS://client.example", nameof(RedirectUriKind.Https))]
    [InlineData("https://LocalHost:8443/", nameof(RedirectUriKind.HttpsLoopback))]
    [InlineData("http://[::1]", nameof(RedirectUriKind.HttpLoopback))]
    [InlineData("http://127.0.0.1:1/cb", nameof(RedirectUriKind.HttpLoopback))]
    [InlineData("http://127.0.0.2/cb", nameof(RedirectUriKind.Unusable))]
    [InlineData("http://client.example/", nameof(RedirectUriKind.Unusable))]
    [InlineData("http://localhost:80@evil.example/cb", nameof(RedirectUriKind.Unusable))]
    [InlineData("https://localhost:80@evil.example/cb", nameof(RedirectUriKind.Https))]
    [InlineData("com.example.app:/cb", nameof(RedirectUriKind.PrivateUse))]
    [InlineData("myapp://localhost/cb", nameof(RedirectUriKind.PrivateUse))]
    [InlineData("JavaScript:alert(1)", nameof(RedirectUriKind.Unusable))]
    [InlineData("c:/cb", nameof(RedirectUriKind.Unusable))]
    [InlineData("/cb", nameof(RedirectUriKind.Unusable))]
    [InlineData("", nameof(RedirectUriKind.Unusable))]
    public void Is_told_by_scheme_and_host(string uri, string kind) => Assert.Equal(kind, new RedirectUri(uri).Kind.ToString());
}
