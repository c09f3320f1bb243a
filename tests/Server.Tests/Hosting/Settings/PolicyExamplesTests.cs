using System.Text.RegularExpressions;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Registration.Policy;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>The examples of <c>docs/policies.md</c> are settings that the service starts with.</summary>
public sealed partial class PolicyExamplesTests
{
    [Theory]
    [InlineData(0, "mcp")]
    [InlineData(1, "accounts")]
    [InlineData(2, "orders")]
    public void Is_a_configuration(int index, string scope)
    {
        var settings = ServerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(Examples()[index]).Build());

        Assert.True(settings.Registration.Policies.Server.Scopes.Contains(scope));
        Assert.True(settings.Admission.Enabled);
    }

    [Fact]
    public void They_say_what_the_text_says()
    {
        var bank = ServerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(Examples()[1]).Build());

        Assert.True(bank.Registration.Policies.Anonymous.StatementRequired);
        Assert.Equal("https://directory.example", Assert.Single(bank.Statements.Issuers).Issuer);
        Assert.Equal(ApprovalMode.Manual, bank.Registration.Policies.Statement.Approval);
    }

    private static List<Dictionary<string, string?>> Examples() =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/policies.md")))
            .Select(block => block.Groups[1].Value)
            .Where(block => block.StartsWith("ENABLE", StringComparison.Ordinal))
            .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(
                pair => pair[0].Replace("__", ":", StringComparison.Ordinal), string? (pair) => pair[1], StringComparer.Ordinal)),
    ];

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
