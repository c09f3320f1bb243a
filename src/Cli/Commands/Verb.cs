using System.CommandLine;

namespace GrpcDcr.Cli.Commands;

/// <summary>Makes commands.</summary>
internal static class Verb
{
    /// <param name="name">The word.</param>
    /// <param name="description">A sentence for the help.</param>
    /// <param name="act">Runs it, and returns the exit code.</param>
    /// <param name="takes">Its options and arguments.</param>
    public static Command Of(string name, string description, Func<Session, Task<int>> act, params IEnumerable<Symbol> takes)
    {
        var command = new Command(name, description);
        foreach (var symbol in takes)
        {
            Add(command, symbol);
        }

        command.SetAction(async (parsed, stop) =>
        {
            using var session = new Session(parsed, stop);
            return await act(session);
        });
        return command;
    }

    /// <summary>A command that succeeds unless it throws.</summary>
    public static Command Of(string name, string description, Func<Session, Task> act, params IEnumerable<Symbol> takes) => Of(
        name,
        description,
        async session =>
        {
            await act(session);
            return ExitCode.Ok;
        },
        takes);

    /// <summary>A word with further words.</summary>
    public static Command Group(string name, string description, params IEnumerable<Command> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
        {
            group.Add(verb);
        }

        return group;
    }

    private static void Add(Command command, Symbol symbol)
    {
        switch (symbol)
        {
            case Option option:
                command.Add(option);
                break;
            case Argument argument:
                command.Add(argument);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
