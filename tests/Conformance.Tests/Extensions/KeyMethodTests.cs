using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Extensions;

/// <summary>RFC 9700 section 2.5: authentication with keys, where a deployment offers it.</summary>
public sealed class KeyMethodTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    private const string WithKeys = "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":[{" + SampleKeys.Rsa + "}]}";

    [Fact]
    [Requirement("9700-2.5-01")]
    public async Task Is_advertised_and_registered_where_it_is_offered_and_neither_elsewhere()
    {
        var (offering, plain) = (await servers.OfAsync("key-method"), await servers.OfAsync("compat"));

        var client = await offering.RegisteredAsync(Bodies.With(WithKeys));
        Assert.Equal("private_key_jwt", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Contains("private_key_jwt", await AdvertisedAsync(offering));
        await plain.RefusedAsync("invalid_client_metadata", Bodies.With(WithKeys));
        Assert.DoesNotContain("private_key_jwt", await AdvertisedAsync(plain));
    }

    private static async Task<string[]> AdvertisedAsync(RunningServer server) =>
        (await server.SendAsync(HttpMethod.Get, "/.well-known/oauth-authorization-server", null)).Json.Strings(
            "token_endpoint_auth_methods_supported");
}
