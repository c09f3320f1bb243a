using GrpcDcr.Conformance.Tests.Support;

namespace GrpcDcr.Conformance.Tests.Extensions;

/// <summary>The members of further specifications, keys, methods that need them, and the switches of a deployment.</summary>
public sealed class MemberTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    public static TheoryData<string, string, string, string, string> Rows(string table) => RuleTable.Rows(table);

    [Theory]
    [MemberData(nameof(Rows), "families")]
    public Task Follows_the_other_families(string requirement, string deployment, string outcome, string document, string expected) =>
        CheckAsync(requirement, deployment, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Rows), "methods")]
    public Task Registers_methods_with_what_they_need(string requirement, string deployment, string outcome, string document, string expected) =>
        CheckAsync(requirement, deployment, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Rows), "key-material")]
    public Task Takes_sound_keys_only(string requirement, string deployment, string outcome, string document, string expected) =>
        CheckAsync(requirement, deployment, outcome, document, expected);

    [Theory]
    [MemberData(nameof(Rows), "switches")]
    public Task Follows_the_switches_of_a_deployment(string requirement, string deployment, string outcome, string document, string expected) =>
        CheckAsync(requirement, deployment, outcome, document, expected);

    private async Task CheckAsync(string requirement, string deployment, string outcome, string document, string expected)
    {
        Assert.NotEmpty(requirement);
        await RuleTable.CheckAsync(await servers.OfAsync(deployment), outcome, document, expected);
    }
}
