using GrpcDcr.Cli.Tests.Running;
using GrpcDcr.TestKit.Running;

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
    [InlineData("grpcdcr cli", "clients")]
    [InlineData("grpcdcr clients ap", "approve")]
    [InlineData("grpcdcr clients list --sta", "--state")]
    [InlineData("grpcdcr clients list --state su", "suspended")]
    [InlineData("grpcdcr preview regis", "registered.json")]
    public async Task Fish_completes_a_line(string line, string word)
    {
        var fish = Required.Program("fish", "fish", "Completion in fish is");
        using var user = new Workplace();
        var script = user.WithFile("completion.fish", await user.SucceedAsync("completion", "fish"));
        user.WithFile("registered.json", "{}");

        var run = (await CommandRun.OfAsync(
            fish,
            ["-c", $"cd {user.Folder}; function grpcdcr; {CommandRun.Line} $argv; end; source {script}; complete -C '{line}'"],
            new Dictionary<string, string?>(user.Environment) { ["HOME"] = user.Folder },
            "")).With(0);

        Assert.Equal($"{word}\n", run.Output);
    }

    /// <summary>The script is a file of <c>$fpath</c>, or sourced.</summary>
    [Theory]
    [InlineData("grpcdcr cli", "grpcdcr clients ", true)]
    [InlineData("grpcdcr cli", "grpcdcr clients ", false)]
    [InlineData("grpcdcr clients ap", "grpcdcr clients approve ", true)]
    [InlineData("grpcdcr clients list --sta", "grpcdcr clients list --state ", false)]
    [InlineData("grpcdcr clients list --state su", "grpcdcr clients list --state suspended ", true)]
    [InlineData("grpcdcr preview regis", "grpcdcr preview registered.json ", true)]
    public async Task Zsh_completes_a_line(string line, string completed, bool isFile)
    {
        var zsh = Required.Program("zsh", "zsh", "Completion in zsh is");
        using var user = new Workplace();
        user.WithFile("_grpcdcr", await user.SucceedAsync("completion", "zsh"));
        user.WithFile("registered.json", "{}");

        // A shell at a terminal of its own, which shows what its line has become when Ctrl+X is pressed.
        var run = (await CommandRun.OfAsync(
            zsh,
            [
                "-fc",
                $$"""
                zmodload zsh/zpty
                zpty shell zsh -fi
                zpty -w shell 'cd {{user.Folder}}; grpcdcr() { {{CommandRun.Line}} "$@"; }; {{(isFile ? "fpath=($PWD $fpath)" : "")}}'
                zpty -w shell 'autoload -Uz compinit; compinit -u -D; {{(isFile ? "" : "source ./_grpcdcr")}}'
                zpty -w shell 'show() { print -r -- "<""<$BUFFER>"">"; }; zle -N show; bindkey "^X" show'
                zpty -n -w shell '{{line}}'$'\t'
                zpty -n -w shell $'\C-X'
                zpty -r -m shell shown '*<<*>>*'
                print -r -- "${${shown##*<<}%%>>*}"
                zpty -d shell
                """,
            ],
            new Dictionary<string, string?>(user.Environment) { ["HOME"] = user.Folder },
            "")).With(0);

        Assert.Equal($"{completed}\n", run.Output);
    }
}
