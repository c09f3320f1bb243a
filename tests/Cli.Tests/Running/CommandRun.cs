using System.Diagnostics;
using System.Reflection;
using GrpcDcr.TestKit;

namespace GrpcDcr.Cli.Tests.Running;

/// <summary>A run of the program that has ended.</summary>
/// <param name="ExitCode">What it told the shell.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(60);

    /// <summary>What runs the program: itself if <c>GRPCDCR_PROGRAM</c> names a native one, else what the build made.</summary>
    private static readonly string[] Words = Environment.GetEnvironmentVariable("GRPCDCR_PROGRAM") is { Length: > 0 } native
        ? [Path.GetFullPath(native, Repository.Root)]
        : ["dotnet", Path.GetFullPath(typeof(CommandRun).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Program").Value!)];

    /// <summary>The program, as a shell has it.</summary>
    public static string Line => string.Join(' ', Words);

    /// <summary>The file to start, and its first arguments.</summary>
    public static (string File, string[] First) Program => (Words[0], Words[1..]);

    /// <summary>What was written, on either stream.</summary>
    public string Everything => Output + Errors;

    /// <param name="program">Found through the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to what is inherited; <see langword="null"/> takes a variable away.</param>
    /// <param name="input">Its standard input, which is no terminal.</param>
    public static async Task<CommandRun> OfAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string input)
    {
        using var process = Process.Start(StartInfo(program, arguments, environment))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(RunTime);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        return new CommandRun(process.ExitCode, await output, await errors);
    }

    /// <summary>The run, which must have ended with this exit code.</summary>
    public CommandRun With(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Ended with {ExitCode} and not with {exitCode}.\n{Output}\n{Errors}");
        return this;
    }

    private static ProcessStartInfo StartInfo(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
