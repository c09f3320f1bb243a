using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 sections 3 and 5: TLS, here or at a trusted proxy.</summary>
public sealed class TransportTests(ProxiedServer proxied, TransportTests.WrongProxy direct, TransportTests.Tls tls)
    : IClassFixture<ProxiedServer>, IClassFixture<TransportTests.WrongProxy>, IClassFixture<TransportTests.Tls>
{
    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.9")]
    [InlineData("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http")]
    [InlineData("X-Forwarded-For: 127.0.0.1, 203.0.113.9", "X-Forwarded-Proto: https, http")]
    [InlineData("X-Forwarded-For: 2001:db8::1", "X-Forwarded-Proto: http")]
    [Requirement("7591-3-03")]
    public Task Refuses_plain_http_from_another_machine(params string[] headers) => proxied.Server.RefusedAsync(
        "invalid_request", HttpStatusCode.BadRequest, Bodies.Json(Bodies.Smallest), headers);

    [Fact]
    [Requirement("7591-3-03")]
    public async Task Believes_a_trusted_proxy_that_tls_was_used() =>
        (await proxied.Server.RegisterAsync(Bodies.Smallest, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")).IsRegistration();

    [Fact]
    [Requirement("7591-3-03")]
    public async Task Believes_nobody_else()
    {
        var answer = await direct.Server.RegisterAsync(
            Bodies.Smallest, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example");

        var id = answer.IsRegistration().Text("client_id");
        var client = await direct.Server.Administration().GetClientAsync(new() { ClientId = id });
        Assert.Equal("127.0.0.1", client.Client.SourceAddress);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    [Requirement("7591-5-01")]
    public async Task Speaks_current_tls(SslProtocols version)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, tls.Server.PublicAddress.Port);
        await using var stream = new SslStream(socket.GetStream(), false, (_, shown, _, _) => TestCertificate.IsShown(shown));

        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = version });

        Assert.Equal(version, stream.SslProtocol);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x02)]
    [Requirement("7591-5-01")]
    public async Task Refuses_tls_1_0_and_1_1(byte minorVersion)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, tls.Server.PublicAddress.Port);
        await socket.GetStream().WriteAsync(ClientHello(minorVersion));
        var answer = new byte[1];

        var read = await socket.GetStream().ReadAsync(answer);

        // An alert (21) or the end of the connection; a handshake (22) would be a ServerHello.
        Assert.True(read == 0 || answer[0] == 21, $"record type {answer[0]}");
    }

    [Fact]
    [Requirement("7591-3-03")]
    public async Task Registers_over_tls()
    {
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => TestCertificate.IsShown(shown),
        };
        using var client = new HttpClient(handler) { BaseAddress = tls.Server.PublicAddress };

        (await Answer.OfAsync(await client.PostAsync(RegistrationCalls.Path, Bodies.Json(Bodies.Smallest)))).IsRegistration();
    }

    /// <summary>A hello of TLS 1.0 or 1.1 that offers the cipher suites those versions had.</summary>
    private static byte[] ClientHello(byte minorVersion)
    {
        byte[] suites = [0xC0, 0x0A, 0xC0, 0x14, 0xC0, 0x09, 0xC0, 0x13, 0x00, 0x35, 0x00, 0x2F, 0x00, 0x0A];
        byte[] groups = [0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x17, 0x00, 0x18, 0x00, 0x0B, 0x00, 0x02, 0x01, 0x00];
        byte[] hello =
        [
            0x03, minorVersion, .. Enumerable.Range(0, 32).Select(i => (byte)i), 0x00,
            0x00, (byte)suites.Length, .. suites, 0x01, 0x00, 0x00, (byte)groups.Length, .. groups,
        ];
        return [0x16, 0x03, 0x01, 0x00, (byte)(hello.Length + 4), 0x01, 0x00, 0x00, (byte)hello.Length, .. hello];
    }

    public sealed class WrongProxy() : SharedServer("ForwardedHeaders:TrustedProxies=10.0.0.7", "PublicBaseUrl=https://as.example");

    public sealed class Tls() : SharedServer(
        "Kestrel:Endpoints:Public:Url=https://127.0.0.1:0",
        "Kestrel:Certificates:Default:Path=" + TestCertificate.Path,
        "Kestrel:Certificates:Default:Password=" + TestCertificate.Password);
}
