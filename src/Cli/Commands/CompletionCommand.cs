using System.CommandLine;

namespace GrpcDcr.Cli.Commands;

/// <summary>Prints scripts that complete command lines in shells. They ask the program itself, by its directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _grpcdcr() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(grpcdcr "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _grpcdcr grpcdcr

        """;

    /// <summary>A file of <c>$fpath</c> is run for its first completion, and must answer it.</summary>
    private const string Zsh = """
        #compdef grpcdcr
        _grpcdcr() {
          local -a suggestions
          suggestions=(${(f)"$(grpcdcr "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
          compadd -- $suggestions || _files
        }
        if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _grpcdcr "$@"; else compdef _grpcdcr grpcdcr; fi

        """;

    private const string Fish = """
        complete -c grpcdcr -a '(set -l line (commandline -cp); grpcdcr "[suggest:"(string length -- $line)"]" $line 2>/dev/null)'

        """;

    private static readonly Argument<string> Shell = new Argument<string>("SHELL") { Description = "The shell." }
        .AcceptOnlyFromAmong("bash", "zsh", "fish");

    public static Command Create() => Verb.Of(
        "completion", "Prints a script that completes command lines: source <(grpcdcr completion bash).",
        session => Console.Out.WriteAsync(session.Of(Shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => throw new System.Diagnostics.UnreachableException(),
        }),
        Shell);
}
