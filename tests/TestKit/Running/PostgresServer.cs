using System.Diagnostics;

namespace GrpcDcr.TestKit.Running;

/// <summary>
/// A PostgreSQL server of its own on the loopback interface, from Debian's packages, in a new data folder. Killed when disposed.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _binaries;
    private readonly List<string> _settings;

    private PostgresServer(string folder, string binaries, List<string> settings) =>
        (_folder, _binaries, _settings) = (folder, binaries, settings);

    public int Port { get; } = FreePort.Next();

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={User};Database={User}";

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "log");

    /// <param name="settings">Of <c>postgresql.conf</c>, such as <c>fsync=off</c>.</param>
    public static async Task<PostgresServer> StartAsync(params List<string> settings)
    {
        var initdb = Required.Program("initdb", "postgresql", "PostgreSQL is", Installed());
        var server = await WithFolderAsync(Path.GetDirectoryName(initdb)!, settings);
        await server.RunAsServerAsync(
            "initdb", "-D", server.Data, "-U", User, "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts a standby that follows this server by streaming replication.</summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var standby = await WithFolderAsync(_binaries, _settings);
        await standby.RunAsServerAsync(
            "pg_basebackup", "-h", "127.0.0.1", "-p", $"{Port}", "-U", User, "-D", standby.Data,
            "-R", "-X", "stream", "-c", "fast", "--no-sync");
        await standby.StartAgainAsync();
        return standby;
    }

    /// <summary>Makes a standby the primary, whatever it has not received.</summary>
    public Task PromoteAsync() => RunAsServerAsync("pg_ctl", "promote", "-w", "-D", Data);

    /// <summary>Starts it after <see cref="StopAsync"/>.</summary>
    public Task StartAgainAsync()
    {
        // The sockets of this machine's own server, if there is one, are left alone.
        string[] fixedSettings = [$"port={Port}", "listen_addresses=127.0.0.1", "unix_socket_directories="];
        var options = string.Join(' ', fixedSettings.Concat(_settings).Select(setting => $"-c {setting}"));
        return RunAsServerAsync("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Log, "-o", options);
    }

    /// <param name="how"><c>fast</c> ends sessions and shuts down in order, <c>immediate</c> aborts as a crash does.</param>
    public Task StopAsync(string how = "fast") => RunAsServerAsync("pg_ctl", "stop", "-w", "-m", how, "-D", Data);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync("immediate");
        }
        catch (InvalidOperationException)
        {
            // It is not running.
        }

        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresServer> WithFolderAsync(string binaries, List<string> settings)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-postgres-").FullName;
        if (IsRoot)
        {
            await RunAsync("chown", User, folder);
        }

        return new PostgresServer(folder, binaries, settings);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static IEnumerable<string> Installed() => System.IO.Directory.Exists("/usr/lib/postgresql")
        ? System.IO.Directory.GetDirectories("/usr/lib/postgresql")
            .OrderDescending(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin"))
        : [];

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private Task RunAsServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return IsRoot
            ? RunAsync("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Its output goes nowhere: the server inherits it, and a pipe would stay open for as long as it runs.
        var start = new ProcessStartInfo(
            "sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(StartTime);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
