using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>One instance of the service: a process that is killed, stopped and started again at the same addresses.</summary>
internal sealed class Instance(string name, IReadOnlyDictionary<string, string?> settings, string folder) : IAsyncDisposable
{
    private const string LastLineOfStart = "Registration is";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <summary>An instance that is back is found at once.</summary>
    private static readonly GrpcChannelOptions Channel = new()
    {
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
        MaxReconnectBackoff = TimeSpan.FromMilliseconds(100),
    };

    private ChildProcess? _process;
    private GrpcChannel? _channel;

    public string Name => name;

    public int PublicPort { get; } = FreePort.Next();

    public int InternalPort { get; } = FreePort.Next();

    public int AdminPort { get; } = FreePort.Next();

    public int ManagementPort { get; } = FreePort.Next();

    /// <summary>The internal listener. One channel for all lives of the process.</summary>
    public CallInvoker Internal => (_channel ??= GrpcChannel.ForAddress($"http://127.0.0.1:{InternalPort}", Channel)).CreateCallInvoker();

    /// <summary>What it wrote since its last start.</summary>
    public string Output => _process?.Output + _process?.Errors;

    /// <summary>Starts the process and waits until its listeners are open.</summary>
    /// <param name="further">Environment variables of this life alone.</param>
    public async Task StartAsync(params (string Name, string Value)[] further)
    {
        var environment = new Dictionary<string, string?>(settings)
        {
            ["Kestrel__Endpoints__Public__Url"] = $"http://127.0.0.1:{PublicPort}",
            ["Kestrel__Endpoints__Internal__Url"] = $"http://127.0.0.1:{InternalPort}",
            ["Kestrel__Endpoints__Admin__Url"] = $"http://127.0.0.1:{AdminPort}",
            ["Kestrel__Endpoints__Management__Url"] = $"http://127.0.0.1:{ManagementPort}",
        };
        foreach (var (key, value) in further)
        {
            environment[key] = value;
        }

        _process = ChildProcess.Start("dotnet", [BuiltFiles.ServerProgram], folder, environment, LastLineOfStart);
        await _process.LineWithAsync(LastLineOfStart, StartTime);
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task EndAsync()
    {
        await _process!.SignalTermAsync();
        await _process.EndedAsync(StartTime);
        await KillAsync();
    }

    /// <summary>Stands still, with all its connections open.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>Goes on after <see cref="PauseAsync"/>.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await KillAsync();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
