using System.CommandLine;
using System.CommandLine.Parsing;
using GrpcDcr.Cli.Commands;
using GrpcDcr.Cli.Output;

namespace GrpcDcr.Cli;

/// <summary>From the arguments to the exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = CommandTree.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is null or System.CommandLine.Invocation.ParseErrorAction)
        {
            return await WrongUsageAsync(parsed);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (CommandFault fault)
        {
            await SayAsync(fault.Message);
            return fault.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await SayAsync("Stopped.");
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await SayAsync(e.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task<int> WrongUsageAsync(ParseResult parsed)
    {
        foreach (var message in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
        {
            await SayAsync(message);
        }

        await SayAsync($"See '{Name(parsed.CommandResult)} --help'.");
        return ExitCode.Usage;
    }

    /// <summary>The command as it is typed: <c>grpcdcr clients list</c>.</summary>
    private static string Name(SymbolResult result) => result.Parent is CommandResult parent
        ? $"{Name(parent)} {((CommandResult)result).Command.Name}"
        : CommandTree.Name;

    private static Task SayAsync(string message) => Console.Error.WriteLineAsync(Plain.Lines(message));
}
