using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>
/// Plain HTTP, to every listener that needs TLS, from each kind of peer with each combination of headers: the rule is the same on all
/// listeners, except that a proxy on this machine never speaks for itself at the public one.
/// </summary>
public sealed class TransportRuleTests
{
    private const string None = "";
    private const string Client = "X-Forwarded-For: 203.0.113.9";
    private const string Encrypted = "X-Forwarded-For: 203.0.113.9|X-Forwarded-Proto: https";
    private const string Clear = "X-Forwarded-For: 203.0.113.9|X-Forwarded-Proto: http";
    private const string LocalClient = "X-Forwarded-For: 127.0.0.1";
    private const string OnlyEncrypted = "X-Forwarded-Proto: https";
    private const string OnlyHost = "X-Forwarded-Host: as.example";

    /// <summary>Trusted by the service, headers, and at which listeners that is enough.</summary>
    public static TheoryData<bool, string, string> OnLoopback => new()
    {
        { false, None, "Public Internal Admin" },
        { false, Client, "Public Internal Admin" },
        { false, Clear, "Public Internal Admin" },
        { true, None, "Internal Admin" },
        { true, Client, "" },
        { true, LocalClient, "" },
        { true, OnlyHost, "" },
        { true, Clear, "" },
        { true, Encrypted, "Public Internal Admin" },
        { true, OnlyEncrypted, "Public Internal Admin" },
    };

    public static TheoryData<bool, string, string> OnAnotherMachine => new()
    {
        { false, None, "" },
        { false, Client, "" },
        { false, LocalClient, "" },
        { false, Encrypted, "" },
        { false, OnlyEncrypted, "" },
        { true, None, "" },
        { true, Client, "" },
        { true, LocalClient, "" },
        { true, Clear, "" },
        { true, Encrypted, "Public Internal Admin" },
    };

    [Theory]
    [MemberData(nameof(OnLoopback))]
    public async Task A_program_on_this_machine(bool isTrusted, string headers, string served) =>
        await AssertServedAsync(IPAddress.Loopback, isTrusted, headers, served);

    [Theory]
    [MemberData(nameof(OnAnotherMachine))]
    public async Task A_program_on_another_machine(bool isTrusted, string headers, string served)
    {
        if (OwnAddress() is not { } address)
        {
            Assert.Skip("This machine has no address beside loopback.");
            return;
        }

        await AssertServedAsync(address, isTrusted, headers, served);
    }

    [Fact]
    public async Task Headers_of_a_peer_that_is_not_trusted_are_logged_once()
    {
        await using var server = await RunningServer.StartAsync();

        for (var i = 0; i < 3; i++)
        {
            await server.RegisterAsync(Bodies.Smallest, Encrypted.Split('|'));
            await server.RegisterAsync(Bodies.Smallest);
        }

        Assert.Contains(
            "Ignored X-Forwarded-* headers of 127.0.0.1, which is not in ForwardedHeaders:TrustedProxies",
            Assert.Single(server.Log.All, line => line.Contains("X-Forwarded", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_of_a_trusted_proxy_are_not_logged()
    {
        await using var server = await RunningServer.StartAsync(
            "ForwardedHeaders:TrustedProxies=127.0.0.1", "PublicBaseUrl=https://as.example");

        (await server.RegisterAsync(Bodies.Smallest, Encrypted.Split('|'))).IsRegistration();

        Assert.DoesNotContain(server.Log.All, line => line.Contains("X-Forwarded", StringComparison.Ordinal));
    }

    /// <summary>An address of this machine beside loopback: a connection to it comes from it.</summary>
    private static IPAddress? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    private static async Task AssertServedAsync(IPAddress peer, bool isTrusted, string headers, string served)
    {
        var listeners = Listener.All.Where(listener => listener.NeedsTls).ToList();
        await using var server = await RunningServer.StartAsync(
        [
            .. listeners.Select(listener => $"Kestrel:Endpoints:{listener.Name}:Url=http://{peer}:0"),
            "PublicBaseUrl=https://as.example", $"ForwardedHeaders:TrustedProxies={(isTrusted ? peer : "10.255.255.1")}",
        ]);

        foreach (var listener in listeners)
        {
            var expected = served.Split(' ').Contains(listener.Name);
            Assert.Equal((listener.Name, expected), (listener.Name, await IsServedAsync(server, listener, headers)));
        }
    }

    /// <summary>Whether the call got further than the rule.</summary>
    private static async Task<bool> IsServedAsync(RunningServer server, Listener listener, string headers)
    {
        var isNative = listener == Listener.Internal;
        var (address, path) = listener == Listener.Public ? (server.PublicAddress, "/oauth/register/nobody")
            : isNative ? (server.InternalAddress, "/grpc.health.v1.Health/Check")
            : (server.AdminAddress, "/admin/v1/clients");
        using var client = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(isNative ? HttpMethod.Post : HttpMethod.Get, path);
        if (isNative)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync() + answer.Headers + answer.TrailingHeaders;
        return !text.Contains("TLS", StringComparison.Ordinal);
    }
}
