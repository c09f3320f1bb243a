namespace GrpcDcr.Cli.Output;

/// <summary>Talks to a person: messages and questions, on standard error, so that standard output has only results.</summary>
/// <param name="noColor">True if <c>--no-color</c> was given.</param>
internal sealed class Terminal(bool noColor)
{
    /// <summary>Whether results may have colours: at a terminal, unless NO_COLOR (no-color.org) or the option says no.</summary>
    public bool Color { get; } = !noColor && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    public static Task SayAsync(string message) => Console.Error.WriteLineAsync(Plain.Lines(message));

    /// <exception cref="CommandFault">Nobody can be asked.</exception>
    public static void MustBeAbleToAsk(bool yes)
    {
        if (!yes && Console.IsInputRedirected)
        {
            throw CommandFault.Usage("Standard input is not a terminal, so nobody can be asked: add --yes. Nothing was changed.");
        }
    }

    /// <summary>Asks before an act, unless the answer was given as <c>--yes</c>.</summary>
    /// <param name="question">Ends with a question mark.</param>
    /// <param name="yes">True if <c>--yes</c> was given.</param>
    /// <param name="stop">Stops the command.</param>
    /// <exception cref="CommandFault">The answer is no, or nobody can be asked.</exception>
    public static async Task ConfirmAsync(string question, bool yes, CancellationToken stop)
    {
        MustBeAbleToAsk(yes);
        if (yes)
        {
            return;
        }

        await Console.Error.WriteAsync($"{Plain.Line(question)} [y/N] ");
        if (await Task.Run(Console.ReadLine, stop).WaitAsync(stop) is not ("y" or "Y" or "yes"))
        {
            throw CommandFault.Failed("Nothing was changed.");
        }
    }
}
