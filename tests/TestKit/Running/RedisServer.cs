using System.Diagnostics;

namespace GrpcDcr.TestKit.Running;

/// <summary>
/// A Redis server of its own on the loopback interface, from Debian's package, that keeps nothing on disk. Killed when disposed.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly string _program;
    private readonly string _folder;
    private readonly string[] _settings;
    private ChildProcess _process;

    private RedisServer(string program, string folder, string[] settings)
    {
        (_program, _folder, _settings) = (program, folder, settings);
        _process = Begin();
    }

    public int Port { get; } = FreePort.Next();

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <param name="settings">Of <c>redis.conf</c>, as on the command line: <c>--requirepass</c>, <c>secret</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var program = Required.Program("redis-server", "redis-server", "Redis is");
        var server = new RedisServer(program, System.IO.Directory.CreateTempSubdirectory("grpcdcr-redis-").FullName, settings);
        await server.StartedAsync();
        return server;
    }

    /// <summary>It dies at once, and what it counted with it.</summary>
    public Task StopAsync() => _process.KillAsync();

    /// <summary>Starts it after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        await _process.DisposeAsync();
        _process = Begin();
        await StartedAsync();
    }

    /// <summary>It stays connected and answers nothing, as a machine that hangs.</summary>
    public Task PauseAsync() => RunAsync("kill", "-STOP", $"{_process.Id}");

    /// <summary>It goes on after <see cref="PauseAsync"/>.</summary>
    public Task ResumeAsync() => RunAsync("kill", "-CONT", $"{_process.Id}");

    /// <summary>Sends a command by itself, and returns the lines of the answer.</summary>
    public async Task<IReadOnlyList<string>> CommandAsync(params string[] command)
    {
        var client = Required.Program("redis-cli", "redis-tools", "Redis is");
        var output = await RunAsync(client, ["-p", $"{Port}", .. command]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return output;
    }

    private ChildProcess Begin() => ChildProcess.Start(
        _program,
        ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. _settings],
        _folder,
        new Dictionary<string, string?>(),
        "Ready to accept connections");

    private Task StartedAsync() => _process.LineWithAsync("Ready to accept connections", StartTime);
}
