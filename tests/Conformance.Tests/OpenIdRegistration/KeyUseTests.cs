using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.OpenIdRegistration;

/// <summary>OpenID Connect Registration section 2: keys that sign and keys that encrypt in one set.</summary>
public sealed class KeyUseTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    private const string Signs = "{" + SampleKeys.Ec + ",\"use\":\"sig\",\"kid\":\"s\"}";
    private const string Encrypts = "{" + SampleKeys.Rsa + ",\"use\":\"enc\",\"kid\":\"e\"}";
    private const string Unsaid = "{" + SampleKeys.Ed25519 + ",\"kid\":\"u\"}";

    [Theory]
    [InlineData(Signs + "," + Encrypts, true)]
    [InlineData(Signs + "," + Unsaid, true)]
    [InlineData(Signs + "," + Encrypts + "," + Unsaid, false)]
    [Requirement("OIDR-2-11")]
    public async Task Each_says_what_it_is_for_where_there_are_both(string keys, bool accepted)
    {
        var server = await servers.OfAsync("compat");
        var body = Bodies.With($$"""
            "jwks":{"keys":[{{keys}}]}
            """);

        if (accepted)
        {
            await server.RegisteredAsync(body);
        }
        else
        {
            await server.RefusedAsync("invalid_client_metadata", body);
        }
    }
}
