using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Policy;
using GrpcDcr.TestKit.Samples;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>The examples of <c>docs/policies.md</c> are settings that the service starts with.</summary>
public sealed class PolicyExamplesTests
{
    [Theory]
    [InlineData(0, "mcp")]
    [InlineData(1, "accounts")]
    [InlineData(2, "orders")]
    [InlineData(3, "webid")]
    public void Is_a_configuration(int index, string scope)
    {
        var settings = Read(index);

        Assert.True(settings.Registration.Policies.Server.Scopes.Contains(scope));
        Assert.True(settings.Admission.Enabled);
    }

    [Fact]
    public void They_say_what_the_text_says()
    {
        var bank = Read(1);

        Assert.True(bank.Registration.Policies.Anonymous.SoftwareStatementRequired);
        Assert.Equal("https://directory.example", Assert.Single(bank.SoftwareStatements.Issuers).Issuer);
        Assert.Equal(ApprovalMode.Manual, bank.Registration.Policies.SoftwareStatement.Approval);
    }

    private static ServerSettings Read(int index) => ServerSettings.Read(
        SettingSources.Of(new ConfigurationBuilder().AddInMemoryCollection(PolicyExamples.All[index]).Build(), (_, _) => "docs"), []);
}
