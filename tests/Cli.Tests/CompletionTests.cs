using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Completion in shells.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("grpcdcr cli", "clients")]
    [InlineData("grpcdcr clients ap", "approve")]
    [InlineData("grpcdcr clients list --sta", "--state")]
    [InlineData("grpcdcr clients list --state su", "suspended")]
    public async Task Bash_completes_a_line(string line, string word)
    {
        using var user = new Workplace();
        var script = user.WithFile("completion", await user.SucceedAsync("completion", "bash"));

        var run = (await CommandRun.OfAsync(
            "bash",
            [
                "-c", $"grpcdcr() {{ {CommandRun.Line} \"$@\"; }}; source {script}; COMP_LINE='{line}'; COMP_POINT={line.Length}; "
                + "COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _grpcdcr; printf '%s\\n' \"${COMPREPLY[@]}\"",
            ],
            user.Environment,
            "")).With(0);

        Assert.Equal($"{word}\n", run.Output);
    }

    [Theory]
    [InlineData("zsh", "compdef _grpcdcr grpcdcr")]
    [InlineData("fish", "complete -c grpcdcr")]
    public async Task Other_shells_have_a_script(string shell, string part)
    {
        using var user = new Workplace();
        Assert.Contains(part, await user.SucceedAsync("completion", shell), StringComparison.Ordinal);
    }
}
