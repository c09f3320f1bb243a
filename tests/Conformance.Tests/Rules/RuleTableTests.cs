using GrpcDcr.Conformance.Tests.Support;

namespace GrpcDcr.Conformance.Tests.Rules;

/// <summary>
/// The tables by which the rules are tested, over HTTP. What a document registers is shown, what is refused leaves nothing behind.
/// </summary>
public sealed class RuleTableTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    public static TheoryData<string, string, string, string, string> Rows(string table) => RuleTable.Rows(table);

    [Theory]
    [MemberData(nameof(Rows), "algorithms")]
    [MemberData(nameof(Rows), "families")]
    [MemberData(nameof(Rows), "grants")]
    [MemberData(nameof(Rows), "key-material")]
    [MemberData(nameof(Rows), "keys")]
    [MemberData(nameof(Rows), "members")]
    [MemberData(nameof(Rows), "methods")]
    [MemberData(nameof(Rows), "openid")]
    [MemberData(nameof(Rows), "switches")]
    [MemberData(nameof(Rows), "texts")]
    public async Task A_document_registers_or_is_refused_as_the_table_says(
        string requirement, string deployment, string outcome, string document, string expected)
    {
        Assert.NotNull(requirement);
        await RuleTable.CheckAsync(await servers.OfAsync(deployment), outcome, document, expected);
    }
}
