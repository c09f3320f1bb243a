namespace GrpcDcr.Cli;

/// <summary>Ends a command: one or more lines for people, never with a credential, and the exit code.</summary>
internal sealed class CommandFault(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>True when the same call may succeed later, for commands that go on.</summary>
    public bool IsTransient { get; init; }

    public static CommandFault Usage(string message) => new(Cli.ExitCode.Usage, message);

    public static CommandFault Failed(string message) => new(Cli.ExitCode.Failed, message);
}
