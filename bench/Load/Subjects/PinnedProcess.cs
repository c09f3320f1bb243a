using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>A program under load, on a core of its own where the machine lets it.</summary>
internal sealed class PinnedProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private PinnedProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>User and system time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="runtime">What runs the program, such as <c>dotnet</c>; empty if it runs by itself.</param>
    /// <param name="program">The executable, .dll or script.</param>
    /// <param name="core">The core to stay on; <see langword="null"/> for all.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="ports">Where it listens when it is ready.</param>
    /// <param name="log">File that gets its output.</param>
    public static async Task<PinnedProcess> StartAsync(
        string runtime, string program, int? core, IReadOnlyDictionary<string, string> settings, IReadOnlyList<int> ports, string log)
    {
        // exec: the shell and taskset leave no process of their own, so the process started is the program.
        var pin = core is { } number ? $"taskset -c {number} " : "";
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", $"exec {pin}{runtime} \"$0\" >\"$1\" 2>&1", program, log } };

        // Suits the driver, and is not how anything is deployed.
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var started = new PinnedProcess(Process.Start(start)!);
        foreach (var port in ports)
        {
            await started.AnswersAsync(port, log);
        }

        return started;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task AnswersAsync(int port, string log)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && waiting.Elapsed < StartLimit)
            {
                await Task.Delay(10);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"Nothing answers at port {port}. {await File.ReadAllTextAsync(log)}");
            }
        }
    }
}
