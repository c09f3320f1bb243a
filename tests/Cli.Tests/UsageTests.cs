using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>What is wrong with a command line is named, and the exit code says so.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("Required command was not provided.", "clients")]
    [InlineData("'frobnicate'", "frobnicate")]
    [InlineData("'--frobnicate'", "clients", "list", "--frobnicate")]
    [InlineData("'pendign'", "clients", "list", "--state", "pendign")]
    [InlineData("'yaml'", "clients", "list", "--output", "yaml")]
    [InlineData("--limit must be at least 1.", "clients", "list", "--limit", "0")]
    [InlineData("--issued-after is 'yesterday'", "clients", "list", "--issued-after", "yesterday")]
    [InlineData("--owner is empty", "clients", "list", "--owner", "")]
    [InlineData("'--reason' is required", "clients", "reject", "a")]
    [InlineData("--etag is the version of one client", "clients", "suspend", "a", "b", "--etag", "v1")]
    [InlineData("--authority needs --device.", "login", "--authority", "https://as.example")]
    [InlineData("--device needs --authority URL.", "login", "--device")]
    [InlineData("--device needs --client-id ID.", "login", "--device", "--authority", "https://as.example")]
    [InlineData("only one of them is possible", "login", "--device", "--token-file", "t")]
    [InlineData("--authority is 'http://a': only https", "login", "--device", "--authority", "http://a", "--client-id", "c")]
    [InlineData("--ttl is '7 days'", "tokens", "issue", "--ttl", "7 days")]
    [InlineData("--interval must be at least 1.", "audit", "follow", "--interval", "0")]
    [InlineData("There is no token.", "clients", "list")]
    [InlineData("The address is 'http://dcr.example'", "clients", "list", "--address", "http://dcr.example")]
    [InlineData("allowed are addresses that begin with https://", "clients", "list", "--address", "dcr.example")]
    [InlineData("it must have only scheme, host and port", "clients", "list", "--address", "https://dcr.example/admin")]
    [InlineData("nowhere.json cannot be read", "preview", "nowhere.json")]
    [InlineData("Standard input is not a JSON object", "preview", "-")]
    [InlineData("nowhere.token cannot be read", "clients", "list", "--token-file", "nowhere.token")]
    [InlineData("'context set' needs --address", "context", "set", "a")]
    public async Task Says_what_is_wrong(string message, params string[] arguments)
    {
        using var user = new Workplace();

        var run = (await user.RunAsync(arguments)).With(2);

        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(user.Configuration));
    }

    [Fact]
    public async Task Says_that_no_service_answers()
    {
        using var user = new Workplace();

        var run = (await user.RunWithAsync("GRPCDCR_TOKEN", "a", "clients", "list", "--address", "http://127.0.0.1:1")).With(1);

        Assert.StartsWith("No answer from http://127.0.0.1:1: ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpcdcr 0.", "version")]
    [InlineData("0.", "--version")]
    [InlineData("Description:", "--help")]
    [InlineData("Description:", "clients", "list", "--help")]
    public async Task Answers_questions(string start, params string[] arguments)
    {
        using var user = new Workplace();
        Assert.StartsWith(start, await user.SucceedAsync(arguments), StringComparison.Ordinal);
    }

    /// <summary>Examples are command lines that the program understands: they end for want of a token or a file.</summary>
    [Theory]
    [InlineData]
    [InlineData("login")]
    [InlineData("clients", "list")]
    [InlineData("clients", "create")]
    [InlineData("clients", "update")]
    [InlineData("clients", "approve")]
    [InlineData("clients", "reject")]
    [InlineData("clients", "annotate")]
    [InlineData("clients", "note")]
    [InlineData("clients", "suspend")]
    [InlineData("clients", "rotate-secret")]
    [InlineData("tokens", "issue")]
    [InlineData("audit", "list")]
    [InlineData("audit", "follow")]
    [InlineData("blocks", "create")]
    [InlineData("preview")]
    [InlineData("register")]
    [InlineData("update")]
    public async Task The_help_has_examples_that_are_understood(params string[] command)
    {
        using var user = new Workplace();
        var help = await user.SucceedAsync([.. command, "--help"]);
        var examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n')
            .Select(line => line.Trim()).Where(line => line.StartsWith("grpcdcr ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            Assert.StartsWith(string.Join(' ', ["grpcdcr", .. command]), example, StringComparison.Ordinal);
            var run = await user.RunAsync(example.Split(' ')[1..].Append("--no-color"));
            Assert.Matches("There is no token|cannot be read|is not a JSON object|No registration of|add --yes", run.Errors);
        }
    }
}
