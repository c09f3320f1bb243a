using GrpcDcr.Cli.Tests.Running;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Colours, questions, and text of strangers at a terminal, which <c>script</c> plays.</summary>
public sealed class TerminalTests(RunningService service) : IClassFixture<RunningService>
{
    private const string Yellow = "\e[33mPENDING\e[0m";

    [Fact]
    public async Task Colours_are_for_terminals_and_can_be_turned_off()
    {
        await service.RegisterAsync("Coloured");

        Assert.Contains(Yellow, (await AtTerminalAsync("clients list")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[3", (await AtTerminalAsync("clients list --no-color")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[3", (await AtTerminalAsync("clients list", "NO_COLOR=1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[3", (await AtTerminalAsync("clients list", "TERM=dumb")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[3", await service.Admin.SucceedAsync("clients", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_at_a_terminal()
    {
        var id = await service.RegisterAsync("Asked about");

        var refused = await AtTerminalAsync($"clients delete {id}", input: "n\n");
        Assert.Contains($"Delete {id}? [y/N]", refused.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", refused.With(1).Output, StringComparison.Ordinal);
        (await AtTerminalAsync($"clients delete {id}", input: "y\n")).With(0);
        (await service.Admin.RunAsync("clients", "get", id)).With(3);
    }

    [Fact]
    public async Task Shows_how_far_an_act_on_many_is()
    {
        var (one, two) = (await service.RegisterAsync("Bar one", "bar.example"), await service.RegisterAsync("Bar two", "bar.example"));

        var run = (await AtTerminalAsync("clients delete --redirect-host bar.example", input: "y\n")).With(0);

        Assert.Contains("Delete 2 clients? [y/N]", run.Output, StringComparison.Ordinal);
        Assert.Contains($"\r[{new string('#', 20)}{new string('.', 20)}] 1 of 2", run.Output, StringComparison.Ordinal);
        Assert.Contains($"\r[{new string('#', 40)}] 2 of 2", run.Output, StringComparison.Ordinal);
        Assert.Matches($@"\r +\r.*CLIENT_ID[^\n]*\n{two}  OK", run.Output);
        (await service.Admin.RunAsync("clients", "get", one)).With(3);
    }

    /// <summary>A name could otherwise move the cursor or turn the direction of what an administrator reads before a decision.</summary>
    [Fact]
    public async Task Names_of_clients_cannot_control_the_terminal()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);
        var document = """{"client_name":"Good\u001b[2K\u202eapp\nX","redirect_uris":["https://app.example/cb"]}""";

        var shown = (await user.RunAsync(document, ["preview", "-"])).Everything;

        Assert.Contains(@"Good\u{1b}[2K\u{202e}app\u{a}X", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', shown);
        Assert.DoesNotContain('\u202e', shown);
    }

    private Task<CommandRun> AtTerminalAsync(string command, string? variable = null, string input = "")
    {
        var script = Required.Program("script", "bsdutils", "Colours and questions at a terminal are");
        return CommandRun.OfAsync(
            "env",
            [.. variable is null ? [] : (string[])[variable], script, "-qec", $"{CommandRun.Line} {command}", "/dev/null"],
            service.Admin.Environment,
            input);
    }
}
