using System.Net;
using System.Security.Cryptography.X509Certificates;
using GrpcDcr.TestKit.Network;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using ServerCertificate = GrpcDcr.TestKit.Running.TestCertificate;

namespace GrpcDcr.Conformance.Tests.OpenBanking;

/// <summary>
/// TLS client certificates at the public listener, by the standard settings of Kestrel. The service is a separate process, because it
/// trusts the authorities that its environment names.
/// </summary>
public sealed class ClientCertificateTests(ClientCertificateTests.MutualTls listener) : IClassFixture<ClientCertificateTests.MutualTls>
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Post, HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete];

    private static readonly Dictionary<string, Func<X509Certificate2?>> Wrong = new(StringComparer.Ordinal)
    {
        ["none"] = () => null,
        ["self-signed"] = () => TestAuthority.SelfSigned(TestAuthority.ClientAuthentication),
        ["by an unknown authority of the same name"] = () => TestAuthority.ByUnknownAuthority(TestAuthority.ClientAuthentication),
        ["expired"] = () => TestAuthority.Only.Expired(TestAuthority.ClientAuthentication),
        ["for servers only"] = () => TestAuthority.Only.Good,
    };

    public static TheoryData<string> WrongKinds { get; } = [.. Wrong.Keys];

    [Fact]
    [Requirement("BR-06")]
    public async Task Lets_those_register_and_manage_who_have_one()
    {
        using var client = listener.Client(TestAuthority.Only.ForClientsOnly());

        var registered = (await SendAsync(client, HttpMethod.Post)).IsRegistration();
        (await SendAsync(client, HttpMethod.Get, registered)).IsRecord();
        (await SendAsync(client, HttpMethod.Put, registered)).IsRecord();
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(client, HttpMethod.Delete, registered)).Status);
    }

    [Theory]
    [MemberData(nameof(WrongKinds))]
    [Requirement("BR-06")]
    [Requirement("BRDCR-06")]
    public async Task Ends_the_connection_of_those_without_a_good_one(string kind)
    {
        using var client = listener.Client(TestAuthority.Only.ForClientsOnly());
        using var stranger = listener.Client(Wrong[kind]());
        var registered = (await SendAsync(client, HttpMethod.Post)).IsRegistration();

        foreach (var method in Methods)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(stranger, method, registered));
        }

        (await SendAsync(client, HttpMethod.Get, registered)).IsRecord();
    }

    /// <param name="client">Who calls.</param>
    /// <param name="method">POST registers; the others manage.</param>
    /// <param name="registered">The client to manage.</param>
    private static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, Answer? registered = null)
    {
        var address = method == HttpMethod.Post ? RegistrationCalls.Path : registered!.Text("registration_client_uri")!;
        using var request = new HttpRequestMessage(method, address);
        if (method == HttpMethod.Post)
        {
            request.Content = Bodies.Json(Bodies.Smallest);
        }
        else
        {
            request.Headers.Add("Authorization", "Bearer " + registered!.TokenIn());
            request.Content = method == HttpMethod.Put
                ? Bodies.Json($$"""{"client_id":"{{registered!.Text("client_id")}}","redirect_uris":["https://client.example/new"]}""")
                : null;
        }

        return await Answer.OfAsync(await client.SendAsync(request));
    }

    /// <summary>A public listener that asks for certificates of the tests' authority.</summary>
    public sealed class MutualTls : IAsyncLifetime
    {
        private readonly DataFolder _folder = new();
        private readonly ServerCertificate _certificate;
        private ServerProcess? _process;

        public MutualTls() => _certificate = ServerCertificate.Make(_folder.Path);

        public async ValueTask InitializeAsync() => _process = await ServerProcess.StartAsync(
            _folder,
            _certificate,
            "Kestrel:Endpoints:Public:ClientCertificateMode=RequireCertificate",
            $"SSL_CERT_FILE={TestAuthority.Only.PemPath}");

        /// <summary>Calls the public listener.</summary>
        /// <param name="own">What it shows; <see langword="null"/> for nothing.</param>
        public HttpClient Client(X509Certificate2? own)
        {
            var handler = _certificate.TrustingHandler();
            handler.SslOptions.ClientCertificates = own is null ? [] : [own];
            return new HttpClient(handler) { BaseAddress = new Uri(_process!.Issuer) };
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is not null)
            {
                await _process.DisposeAsync();
            }

            _folder.Dispose();
        }
    }
}
