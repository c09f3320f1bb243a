using GrpcDcr.Interop.Tests.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>Inrupt's solid-client-authn-node, what Solid apps log in with.</summary>
public sealed class SolidTests(OpenIdService service) : IClassFixture<OpenIdService>
{
    [Fact]
    public async Task Registers_and_sends_its_user_to_the_authorization_server()
    {
        var outcome = await NodeClient.RegisterAsync("solid-client-authn.mjs", service, new
        {
            client_name = "Solid app",
            redirect_uris = new[] { "https://client.example/callback" },
        });

        var session = RegisteredDocument.In(outcome);
        var request = new Uri(session.GetProperty("redirect").GetString()!);
        var client = await AuthorizationRequest.AssertRegisteredAsync(service.Server, request);
        var metadata = client.GetProperty("metadata");
        Assert.Equal("Solid app", metadata.GetProperty("client_name").GetString());
        Assert.Equal("ES256", metadata.GetProperty("id_token_signed_response_alg").GetString());
        var kept = session.GetProperty("stored");
        Assert.Equal("ES256", kept.GetProperty("idTokenSignedResponseAlg").GetString());
        await Approval.WorksAsync(
            service.Server, client.GetProperty("client_id").GetString()!, kept.GetProperty("clientSecret").GetString()!,
            "client_secret_basic");
    }
}
