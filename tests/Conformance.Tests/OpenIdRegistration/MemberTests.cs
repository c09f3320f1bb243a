using GrpcDcr.Conformance.Tests.Support;

namespace GrpcDcr.Conformance.Tests.OpenIdRegistration;

/// <summary>The members of OpenID Connect registration and logout, and the algorithms they name.</summary>
public sealed class MemberTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    public static TheoryData<string, string, string, string, string> OpenId => RuleTable.Rows("openid");

    public static TheoryData<string, string, string, string, string> Algorithms => RuleTable.Rows("algorithms");

    [Theory]
    [MemberData(nameof(OpenId))]
    public async Task Follows_openid_connect(string requirement, string deployment, string outcome, string document, string expected)
    {
        Assert.NotEmpty(requirement);
        await RuleTable.CheckAsync(await servers.OfAsync(deployment), outcome, document, expected);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Registers_algorithms_that_server_and_client_have(
        string requirement, string deployment, string outcome, string document, string expected)
    {
        Assert.NotEmpty(requirement);
        await RuleTable.CheckAsync(await servers.OfAsync(deployment), outcome, document, expected);
    }
}
