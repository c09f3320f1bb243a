using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.NativeApps;

/// <summary>RFC 8252, as far as it shows at registration and is not about redirect URIs.</summary>
public sealed class NativeAppSecretTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("8252-8.4-03")]
    public async Task Gives_a_native_app_a_secret_of_its_own()
    {
        const string Body =
            """{"redirect_uris":["com.example.app:/cb"],"application_type":"native","token_endpoint_auth_method":"client_secret_basic"}""";

        var one = await _server.RegisteredAsync(Body);
        var other = await _server.RegisteredAsync(Body);

        Assert.NotEqual(one.GetProperty("client_secret").GetString(), other.GetProperty("client_secret").GetString());
    }
}
