using System.Text;
using System.Text.Json;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.OpenIdRegistration;

/// <summary>Which clients have a secret, and how much it must hold (OpenID Connect Registration section 2, Core section 16.19).</summary>
public sealed class SecretTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    private const string WithKeys = "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":[{" + SampleKeys.Rsa + "}]}";

    [Theory]
    [InlineData("request_object_encryption_alg", "A128KW")]
    [InlineData("id_token_signed_response_alg", "HS256")]
    [InlineData("userinfo_encrypted_response_alg", "dir")]
    [Requirement("OIDR-2-24")]
    public async Task Symmetric_algorithms_bring_a_secret_whatever_the_method(string member, string algorithm)
    {
        var client = await RegisteredAsync($"{WithKeys},\"{member}\":\"{algorithm}\"");

        Assert.Equal("private_key_jwt", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.NotEmpty(client.GetProperty("client_secret").GetString()!);
        Assert.Equal(JsonValueKind.Number, client.GetProperty("client_secret_expires_at").ValueKind);
    }

    [Theory]
    [InlineData(WithKeys)]
    [InlineData("\"token_endpoint_auth_method\":\"tls_client_auth\",\"tls_client_auth_san_dns\":\"client.example\"")]
    [InlineData("\"token_endpoint_auth_method\":\"none\"")]
    [Requirement("7523-03")]
    [Requirement("7591-3.2.1-04")]
    public async Task Nothing_else_does(string members)
    {
        var client = await RegisteredAsync(members);

        Assert.False(client.TryGetProperty("client_secret", out _));
        Assert.False(client.TryGetProperty("client_secret_expires_at", out _));
    }

    [Theory]
    [InlineData("client_secret_jwt")]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    [Requirement("OIDR-2-25")]
    public async Task Is_long_enough_to_key_any_mac(string method)
    {
        var client = await RegisteredAsync($"\"token_endpoint_auth_method\":\"{method}\",\"id_token_signed_response_alg\":\"HS512\"");

        Assert.True(Encoding.UTF8.GetByteCount(client.GetProperty("client_secret").GetString()!) >= 64);
    }

    private async Task<JsonElement> RegisteredAsync(string members) =>
        await (await servers.OfAsync("full")).RegisteredAsync(Bodies.With(members));
}
