using System.Net.Http.Headers;
using Grpc.Net.Client;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting;
using GrpcDcr.Server.Hosting.Listening;
using GrpcDcr.Server.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.TestKit.Service;

/// <summary>The real service on real sockets, with its own data folder and a clock that tests move.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string AdminToken = "admin-token-of-the-tests";
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
        var listeners = app.Services.GetRequiredService<Listeners>();
        PublicAddress = new Uri(listeners.AddressOf(Listener.Public));
        InternalAddress = new Uri(listeners.AddressOf(Listener.Internal));
        AdminAddress = new Uri(listeners.AddressOf(Listener.Admin));
        ManagementAddress = new Uri(listeners.AddressOf(Listener.Management));
        var own = app.Services.GetRequiredService<ServerSettings>().Registration.Policies.Server.ExtensionMembers.InOrder;
        Public = new HttpClient(new DocumentedAnswers(DocumentedAnswers.Public, own)) { BaseAddress = PublicAddress };
        Admin = new HttpClient(new DocumentedAnswers(DocumentedAnswers.Admin, own)) { BaseAddress = AdminAddress };
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        Internal = GrpcChannel.ForAddress(InternalAddress);
    }

    public FakeTimeProvider Time { get; }

    /// <summary>What the service logged.</summary>
    public LogLines Log { get; }

    public string Folder { get; }

    public Uri PublicAddress { get; }

    public Uri InternalAddress { get; }

    public Uri AdminAddress { get; }

    public Uri ManagementAddress { get; }

    /// <summary>Calls the public listener, with no credential.</summary>
    public HttpClient Public { get; }

    /// <summary>Calls the admin listener, as an administrator.</summary>
    public HttpClient Admin { get; }

    /// <summary>A channel to the internal listener; calls carry their own credential.</summary>
    public GrpcChannel Internal { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Settings as in <c>Key=value</c>; they win over those of the tests (enabled, hardly limited).</param>
    public static Task<RunningServer> StartAsync(params string[] settings) => StartInAsync(null, settings);

    /// <param name="folder">The data folder, which stays; <see langword="null"/> for one that goes with the server.</param>
    /// <param name="settings">As in <see cref="StartAsync"/>; <c>!Key</c> drops what the tests set below that key.</param>
    public static Task<RunningServer> StartInAsync(string? folder, params string[] settings) =>
        BeginAsync(folder, TimeProvider.System.GetUtcNow(), settings);

    /// <param name="now">What its clock says at first.</param>
    /// <param name="settings">As in <see cref="StartInAsync"/>.</param>
    public static Task<RunningServer> StartAtAsync(DateTimeOffset now, params string[] settings) => BeginAsync(null, now, settings);

    private static async Task<RunningServer> BeginAsync(string? folder, DateTimeOffset now, string[] settings)
    {
        var time = new FakeTimeProvider(now);
        var data = folder ?? System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        var log = new LogLines();
        var values = Defaults(data);
        foreach (var setting in settings.Where(setting => !Drop(values, setting)))
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            values[setting[..equals]] = setting[(equals + 1)..];
        }

        var configuration = ServerConfiguration.Of(
            new ConfigurationArguments(File: null, Folder: null, values), new Dictionary<string, string?>(), AppContext.BaseDirectory);
        var app = ServerApplication.Build(configuration, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Logging.ClearProviders().AddProvider(log);
        });
        await app.StartAsync();
        return new RunningServer(app, time, log, data, ownsFolder: folder is null);
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Admin.Dispose();
        Internal.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            System.IO.Directory.Delete(Folder, recursive: true);
        }
    }

    private static bool Drop(Dictionary<string, string?> values, string setting)
    {
        if (!setting.StartsWith('!'))
        {
            return false;
        }

        foreach (var key in values.Keys.Where(key => key.StartsWith(setting[1..] + ":", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            values.Remove(key);
        }

        return true;
    }

    private static Dictionary<string, string?> Defaults(string data) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["ENABLE_DYNAMIC_CLIENT_REGISTRATION"] = "true",
        ["DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT"] = "1000000",
        ["RateLimit:Global"] = "1000000",

        // Its pages take a third of a start; the tests of the console turn it on.
        ["Console:Enabled"] = "false",
        ["UnapprovedClients:Max"] = "1000000",
        ["UnapprovedClients:MaxPerNetwork"] = "1000000",
        ["UnapprovedClients:MaxPerRedirectHost"] = "1000000",
        ["RateLimit:Management"] = "1000000",
        ["RateLimit:FailedManagement"] = "1000000",
        ["RateLimit:FailedRoleToken"] = "1000000",
        ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:Internal:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:Admin:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:Management:Url"] = "http://127.0.0.1:0",
        ["Authentication:Tokens:admin:Token"] = AdminToken,
        ["Authentication:Tokens:admin:Roles"] = "admin",
        ["Authentication:Tokens:directory:Token"] = DirectoryToken,
        ["Authentication:Tokens:directory:Roles"] = "directory secrets",
        ["Metadata:AuthorizationEndpoint"] = "https://as.example/authorize",
        ["Metadata:TokenEndpoint"] = "https://as.example/token",
        ["Storage:LiteDb:Path"] = data,
    };
}
