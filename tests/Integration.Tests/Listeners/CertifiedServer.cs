using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>A service whose administrators and authorization servers have certificates, and callers of it.</summary>
public sealed class CertifiedServer : IAsyncDisposable
{
    private static readonly string[] Roles = ["admin", "approver", "viewer", "directory", "secrets"];

    private CertifiedServer(RunningServer server, ClientAuthority authority) => (Server, Authority) = (server, authority);

    public RunningServer Server { get; }

    internal ClientAuthority Authority { get; }

    /// <param name="mode">Of the listeners of roles.</param>
    /// <param name="settings">Further settings, or others.</param>
    public static async Task<CertifiedServer> StartAsync(string mode = "AllowCertificate", params string[] settings)
    {
        var authority = new ClientAuthority();
        return new CertifiedServer(
            await RunningServer.StartAsync(
            [
                .. Settings(mode, authority.RootFile),
                .. Roles.SelectMany(role => new[]
                {
                    $"Authentication:Certificates:{role}-of-the-tests:Subject=CN={role},O=Example",
                    $"Authentication:Certificates:{role}-of-the-tests:Roles={role}",
                }),
                "Authentication:Certificates:console:SanDns=console.example", "Authentication:Certificates:console:Roles=viewer",
                "Authentication:Certificates:as:SanUri=spiffe://example/as", "Authentication:Certificates:as:Roles=viewer directory",
                .. settings,
            ]),
            authority);
    }

    /// <summary>TLS at the listeners of roles.</summary>
    public static string[] Settings(string mode, string rootFile) =>
    [
        "Kestrel:Certificates:Default:Path=" + TestCertificate.Path,
        "Kestrel:Certificates:Default:Password=" + TestCertificate.Password,
        "Kestrel:Endpoints:Internal:Url=https://127.0.0.1:0",
        "Kestrel:Endpoints:Admin:Url=https://127.0.0.1:0",
        "Kestrel:Endpoints:Internal:ClientCertificateMode=" + mode,
        "Kestrel:Endpoints:Admin:ClientCertificateMode=" + mode,
        "Authentication:Certificates:TrustedRoots=" + rootFile,
    ];

    /// <summary>The certificate of one of the roles.</summary>
    public X509Certificate2 Of(string role) => Authority.Issue($"CN={role},O=Example", []);

    /// <summary>What opens connections to the service and shows a certificate.</summary>
    public static SocketsHttpHandler Showing(X509Certificate2? own) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            // Offline: it does not look for certificates of the issuer either.
            ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true),
            RemoteCertificateValidationCallback = (_, shown, _, _) => TestCertificate.IsShown(shown),
        },
    };

    /// <summary>The admin listener.</summary>
    /// <param name="own">The certificate to show; <see langword="null"/> for none.</param>
    /// <param name="token">The bearer token; <see langword="null"/> for none.</param>
    public HttpClient Admin(X509Certificate2? own, string? token = null)
    {
        var client = new HttpClient(Showing(own)) { BaseAddress = Server.AdminAddress };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The clients that the admin listener lists.</summary>
    public async Task<Answer> ListAsync(X509Certificate2? own, string? token = null)
    {
        using var client = Admin(own, token);
        return await Answer.OfAsync(await client.GetAsync("/admin/v1/clients"));
    }

    /// <summary>The internal listener.</summary>
    public GrpcChannel Internal(X509Certificate2? own) => GrpcChannel.ForAddress(
        Server.InternalAddress, new GrpcChannelOptions { HttpHandler = Showing(own), DisposeHttpClient = true });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Authority.Dispose();
    }
}
