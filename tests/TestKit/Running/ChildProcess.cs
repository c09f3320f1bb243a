using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace GrpcDcr.TestKit.Running;

/// <summary>A process that a test started, and everything it has written so far. Killed when disposed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Dictionary<string, TaskCompletionSource<string>> _awaited = [];

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public string Output => TextOf(_output);

    public string Errors => TextOf(_errors);

    public int ExitCode => _process.ExitCode;

    /// <param name="program">Found through the PATH.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="folder">The current folder of the process.</param>
    /// <param name="environment">Added to what is inherited; <see langword="null"/> takes a variable away.</param>
    /// <param name="awaitedLines">Texts that <see cref="LineWithAsync"/> may be asked for.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> environment,
        params string[] awaitedLines)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        foreach (var text in awaitedLines)
        {
            child._awaited[text] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        child.Begin();
        return child;
    }

    /// <summary>The first line of output that has <paramref name="text"/>.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the time, without such a line.</exception>
    public async Task<string> LineWithAsync(string text, TimeSpan within)
    {
        var line = _awaited[text].Task;
        var ended = _process.WaitForExitAsync();
        try
        {
            await Task.WhenAny(line, ended).WaitAsync(within);
        }
        catch (TimeoutException)
        {
            // The message below has the whole output.
        }

        return line.IsCompleted
            ? await line
            : throw new InvalidOperationException($"No line with '{text}' came. Output:\n{Output}\nErrors:\n{Errors}");
    }

    /// <summary>Waits until the process has ended and all it wrote has been read.</summary>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public Task EndedAsync(TimeSpan within) => _process.WaitForExitAsync().WaitAsync(within);

    /// <summary><c>kill -9</c>: no handler runs, nothing is flushed.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return EndedAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Asks the process to end, as a service manager does.</summary>
    public async Task SignalTermAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Begin()
    {
        _process.OutputDataReceived += (_, read) => Note(_output, read.Data);
        _process.ErrorDataReceived += (_, read) => Note(_errors, read.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Note(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (text)
        {
            text.AppendLine(line);
        }

        foreach (var (part, reached) in _awaited)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                reached.TrySetResult(line);
            }
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
