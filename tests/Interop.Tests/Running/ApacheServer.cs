using System.Runtime.Versioning;
using System.Text.Json;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>
/// Apache with mod_auth_openidc from Debian's packages, on the loopback interface, as <c>https://app.example</c> behind a proxy. It knows
/// the service by its metadata document alone. Stopped when disposed.
/// </summary>
internal sealed class ApacheServer : IAsyncDisposable
{
    public const string RedirectUri = "https://app.example/callback";

    private const string Module = "mod_auth_openidc.so";
    private const string Modules = "/usr/lib/apache2/modules";
    private const string Started = "mod_auth_openidc-";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DataFolder _folder;
    private readonly string _issuer;
    private readonly ChildProcess _process;
    private readonly HttpClient _browser;

    private ApacheServer(DataFolder folder, string issuer, ChildProcess process, int port)
    {
        (_folder, _issuer, _process) = (folder, issuer, process);
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            DefaultRequestHeaders = { { "Host", "app.example" }, { "X-Forwarded-Proto", "https" } },
        };
    }

    /// <param name="service">Where to register.</param>
    /// <param name="initialAccessToken">Presented where there is one.</param>
    public static async Task<ApacheServer> StartAsync(RunningService service, string? initialAccessToken = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw Required.Missing("mod_auth_openidc is not tested: it comes from Debian's packages.");
        }

        var program = Required.Program("apache2", "apache2-bin", "mod_auth_openidc is");
        Required.Program(Module, "libapache2-mod-auth-openidc", "mod_auth_openidc is", Modules);
        var folder = new DataFolder();
        var port = FreePort.Next();
        var issuer = service.Server.Issuer;
        await PrepareAsync(folder, service, port, initialAccessToken);
        var process = ChildProcess.Start(
            program, ["-X", "-f", Path.Combine(folder.Path, "httpd.conf")], folder.Path, new Dictionary<string, string?>(), Started);
        var server = new ApacheServer(folder, issuer, process, port);
        try
        {
            await process.LineWithAsync(Started, Patience);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Picks the service on the page where users choose who knows them.</summary>
    /// <returns>Where the user is sent.</returns>
    public async Task<Uri> LogInAsync()
    {
        var page = Uri.EscapeDataString("https://app.example/private");
        using var answer = await _browser.GetAsync($"/callback?iss={Uri.EscapeDataString(_issuer)}&target_link_uri={page}");
        return answer.Headers.Location
            ?? throw new InvalidOperationException($"{answer}\n{await answer.Content.ReadAsStringAsync()}\n{_process.Errors}");
    }

    /// <summary>What it keeps of its registration.</summary>
    public async Task<JsonElement> RegistrationAsync()
    {
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(FileOf(_folder, _issuer, "client")));
        return kept.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _process.SignalTermAsync();
        await _process.EndedAsync(Patience);
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    [SupportedOSPlatform("linux")]
    private static async Task PrepareAsync(DataFolder folder, RunningService service, int port, string? initialAccessToken)
    {
        // Apache gives up being root, and then reads and writes here.
        const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.Path, Everybody);
        System.IO.Directory.CreateDirectory(folder.Data);
        File.SetUnixFileMode(folder.Data, Everybody);
        File.Copy(service.Certificate.CertificateFile, Path.Combine(folder.Path, "ca.crt"));
        var document = await service.Server.Public.GetStringAsync("/.well-known/oauth-authorization-server");
        await File.WriteAllTextAsync(FileOf(folder, service.Server.Issuer, "provider"), document);
        if (initialAccessToken is not null)
        {
            var settings = JsonSerializer.Serialize(new { registration_token = initialAccessToken });
            await File.WriteAllTextAsync(FileOf(folder, service.Server.Issuer, "conf"), settings);
        }

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "httpd.conf"), Configuration(folder, port));
    }

    private static string FileOf(DataFolder folder, string issuer, string kind) =>
        Path.Combine(folder.Data, $"{Uri.EscapeDataString(new Uri(issuer).Authority)}.{kind}");

    private static string Configuration(DataFolder folder, int port) => $"""
        ServerRoot {folder.Path}
        ServerName app.example
        PidFile {folder.Path}/httpd.pid
        DefaultRuntimeDir {folder.Path}
        Mutex pthread
        Listen 127.0.0.1:{port}
        ErrorLog /dev/stderr
        LogLevel auth_openidc:info
        User www-data
        Group www-data
        LoadModule mpm_event_module {Modules}/mod_mpm_event.so
        LoadModule authn_core_module {Modules}/mod_authn_core.so
        LoadModule authz_core_module {Modules}/mod_authz_core.so
        LoadModule authz_user_module {Modules}/mod_authz_user.so
        LoadModule auth_openidc_module {Modules}/{Module}
        OIDCMetadataDir {folder.Data}
        OIDCRedirectURI {RedirectUri}
        OIDCXForwardedHeaders X-Forwarded-Proto
        OIDCClientName "Apache of the tests"
        OIDCCryptoPassphrase passphrase-of-the-tests
        OIDCCABundlePath {folder.Path}/ca.crt
        <Location />
          AuthType openid-connect
          Require valid-user
        </Location>
        """;
}
