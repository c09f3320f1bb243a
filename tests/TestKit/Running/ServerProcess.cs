using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GrpcDcr.Client;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.TestKit.Running;

/// <summary>The built server, running as a process of its own on free loopback ports. Killed when disposed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Listening: public";
    private const string LastLineOfStart = "Registration is";

    /// <summary>Comes once the store has recovered, before the listeners open.</summary>
    public const string StoreIsOpen = "Opened the store";

    /// <summary>Comes while the database does not answer.</summary>
    public const string DatabaseIsAway = "Failed to use PostgreSQL";

    /// <summary>Said by a running service that lost its database.</summary>
    public const string LostDatabase = "Failed to follow changes of other instances";

    /// <summary>Comes after a SIGHUP.</summary>
    public const string Reloaded = "Reloaded the certificates";

    /// <summary>Comes after a SIGHUP, if the configuration has a problem.</summary>
    public const string NotReloaded = "Failed to reload the configuration";

    /// <summary>Comes after a SIGHUP, if settings have changed that are only read at the start.</summary>
    public const string NeedsRestart = "take effect after a restart";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <summary>Long enough for a machine that is busy with other tests.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;
    private readonly ServiceProvider _sdk;

    private ServerProcess(ChildProcess process, string listeners, DataFolder folder, TestCertificate? certificate)
    {
        _process = process;
        var addresses = ListenerLine().Match(listeners);
        Issuer = addresses.Groups[1].Value;
        var adminToken = File.ReadAllText(folder.AdminTokenFile).Trim();
        Public = new HttpClient(certificate?.TrustingHandler() ?? new SocketsHttpHandler()) { BaseAddress = new Uri(Issuer) };
        Admin = new HttpClient { BaseAddress = new Uri(addresses.Groups[3].Value) };
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        Management = new HttpClient { BaseAddress = new Uri(addresses.Groups[4].Value) };
        InternalAddress = new Uri(addresses.Groups[2].Value);
        AdminToken = adminToken;
        _sdk = SdkOf(InternalAddress, adminToken, File.ReadAllText(folder.DirectoryTokenFile).Trim());
    }

    /// <summary>Where the public listener is, which is the issuer of the metadata document too.</summary>
    public string Issuer { get; }

    /// <summary>Where native gRPC is.</summary>
    public Uri InternalAddress { get; }

    public string AdminToken { get; }

    /// <summary>Calls the public listener, with no credential.</summary>
    public HttpClient Public { get; }

    /// <summary>Calls the admin listener, as an administrator.</summary>
    public HttpClient Admin { get; }

    /// <summary>Calls the management listener.</summary>
    public HttpClient Management { get; }

    /// <summary>The SDK's view of the internal listener, with the tokens that the server keeps in its folder.</summary>
    public IServiceProvider Sdk => _sdk;

    public ClientDirectoryClient Directory => _sdk.GetRequiredService<ClientDirectoryClient>();

    public ChildProcess Process => _process;

    /// <summary>Starts the server and waits until all its listeners are open.</summary>
    /// <param name="folder">Holds the data.</param>
    /// <param name="settings">As <c>Key=value</c> with <c>:</c>; they win over those of the tests (enabled, hardly limited).</param>
    public static Task<ServerProcess> StartAsync(DataFolder folder, params string[] settings) => StartAsync(folder, null, settings);

    /// <param name="folder">Holds the data.</param>
    /// <param name="certificate">Of the public listener, which is plain http where there is none.</param>
    /// <param name="settings">As above.</param>
    public static async Task<ServerProcess> StartAsync(DataFolder folder, TestCertificate? certificate, params string[] settings)
    {
        var process = Launch(folder, [.. certificate?.Settings ?? [], .. settings]);
        try
        {
            await process.LineWithAsync(LastLineOfStart, StartTime);
            return new ServerProcess(process, await process.LineWithAsync(Listening, StartTime), folder, certificate);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process and does not wait for anything.</summary>
    public static ChildProcess Launch(DataFolder folder, params string[] settings) => Launch(folder, [], settings);

    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">A command with its file; none to serve.</param>
    /// <param name="settings">As above.</param>
    public static ChildProcess Launch(DataFolder folder, string[] arguments, string[] settings)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = null,
            ["DOTNET_ENVIRONMENT"] = null,
            ["ASPNETCORE_URLS"] = null,
            ["ENABLE_DYNAMIC_CLIENT_REGISTRATION"] = "true",
            ["DYNAMIC_CLIENT_REGISTRATION_TOKEN"] = null,
            ["DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT"] = "1000000",
            ["RateLimit__Global"] = "1000000",
            ["UnapprovedClients__Max"] = "1000000",
            ["UnapprovedClients__MaxPerNetwork"] = "1000000",
            ["UnapprovedClients__MaxPerRedirectHost"] = "1000000",
            ["Kestrel__Endpoints__Public__Url"] = "http://127.0.0.1:0",
            ["Kestrel__Endpoints__Internal__Url"] = "http://127.0.0.1:0",
            ["Kestrel__Endpoints__Admin__Url"] = "http://127.0.0.1:0",
            ["Kestrel__Endpoints__Management__Url"] = "http://127.0.0.1:0",
        };
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            environment[setting[..equals].Replace(":", "__", StringComparison.Ordinal)] = setting[(equals + 1)..];
        }

        // Tests may run where SIGHUP is ignored, as below nohup, and children inherit that.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP", "dotnet"] : ["dotnet"];
        return ChildProcess.Start(
            command[0], [.. command[1..], BuiltFiles.ServerProgram, .. arguments], folder.Path, environment,
            StoreIsOpen, Listening, LastLineOfStart, DatabaseIsAway, LostDatabase, Reloaded, NotReloaded, NeedsRestart);
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Admin.Dispose();
        Management.Dispose();
        await _sdk.DisposeAsync();
        await _process.DisposeAsync();
    }

    private static ServiceProvider SdkOf(Uri address, string administrator, string directory)
    {
        var services = new ServiceCollection();
        services.AddGrpcDcrRegistration(options => (options.Address, options.Deadline) = (address, CallTime));
        services.AddGrpcDcrAdministration(options =>
            (options.Address, options.Deadline, options.Token) = (address, CallTime, administrator));
        services.AddGrpcDcrDirectory(options => (options.Address, options.Deadline, options.Token) = (address, CallTime, directory));
        return services.BuildServiceProvider();
    }

    [GeneratedRegex(@"public (\S+), internal \(gRPC\) (\S+), admin (\S+), management (\S+)")]
    private static partial Regex ListenerLine();
}
