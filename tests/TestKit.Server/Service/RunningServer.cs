
using System.Net.Http.Headers;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using GrpcDcr.Server.Hosting;
using GrpcDcr.Server.Hosting.Listening;

namespace GrpcDcr.TestKit.Service;

/// <summary>The real service on real sockets, with its own data folder and a clock that tests move.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string OperatorToken = "operator-token-of-the-tests";
    public const string DirectoryToken = "directory-token-of-the-tests";

    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private RunningServer(WebApplication app, FakeTimeProvider time, LogLines log, string folder, bool ownsFolder)
    {
        _app = app;
        Log = log;
        _ownsFolder = ownsFolder;
        Time = time;
        Folder = folder;
        var doors = PublicOrigin.BoundAddresses(app.Services.GetRequiredService<IServer>());
        PublicAddress = new Uri(doors[0]);
        InnerAddress = new Uri(doors[1]);
        OperatorAddress = new Uri(doors[2]);
        Public = new HttpClient { BaseAddress = PublicAddress };
        Operator = new HttpClient { BaseAddress = OperatorAddress };
        Operator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        Inner = GrpcChannel.ForAddress(InnerAddress);
    }

    public FakeTimeProvider Time { get; }

    /// <summary>What the service logged.</summary>
    public LogLines Log { get; }

    public string Folder { get; }

    public Uri PublicAddress { get; }

    public Uri InnerAddress { get; }

    public Uri OperatorAddress { get; }

    /// <summary>Calls the public door, with no credential.</summary>
    public HttpClient Public { get; }

    /// <summary>Calls the operator door, as an operator.</summary>
    public HttpClient Operator { get; }

    /// <summary>A channel to the inner door; calls carry their own credential.</summary>
    public GrpcChannel Inner { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Settings as in <c>Key=value</c>; they win over those of the tests (enabled, hardly limited).</param>
    public static Task<RunningServer> StartAsync(params string[] settings) => StartInAsync(null, settings);

    /// <param name="folder">The data folder, which stays; <see langword="null"/> for one that goes with the server.</param>
    /// <param name="settings">As in <see cref="StartAsync"/>.</param>
    public static async Task<RunningServer> StartInAsync(string? folder, params string[] settings)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var data = folder ?? System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        var log = new LogLines();
        var app = ServerApplication.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(Defaults(data));
            builder.Configuration.AddInMemoryCollection(settings.Select(Split));
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Logging.ClearProviders().AddProvider(log);
        });
        await app.StartAsync();
        return new RunningServer(app, time, log, data, ownsFolder: folder is null);
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Operator.Dispose();
        Inner.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            System.IO.Directory.Delete(Folder, recursive: true);
        }
    }

    private static Dictionary<string, string?> Defaults(string data) => new()
    {
        ["ENABLE_DYNAMIC_CLIENT_REGISTRATION"] = "true",
        ["DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT"] = "1000000",
        ["RateLimit:Global"] = "1000000",
        ["RateLimit:Management"] = "1000000",
        ["RateLimit:FailedManagement"] = "1000000",
        ["Doors:Public"] = "http://127.0.0.1:0",
        ["Doors:Inner"] = "http://127.0.0.1:0",
        ["Doors:Operator"] = "http://127.0.0.1:0",
        ["Operator:Token"] = OperatorToken,
        ["Directory:Token"] = DirectoryToken,
        ["Storage:LiteDb:Path"] = data,
    };

    private static KeyValuePair<string, string?> Split(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        return new(setting[..equals], setting[(equals + 1)..]);
    }
}
