using System.Net;
using System.Net.Sockets;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit.Network;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>The fetcher as the service has it, over the resolver and the sockets of this machine.</summary>
public sealed class SystemNetworkTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Reaches_this_machine_only_where_that_is_allowed(string host)
    {
        await using var server = HostileServer.Tls(c => c.SendJsonAsync("{}"));
        var uri = $"https://{host}:{server.Port}/keys";
        Assert.Equal(GuardedConnector.NotPublic, (await FetchAsync(uri, new FetchingOptions())).Problem);
        Assert.Equal(0, await server.ArrivalsAsync());

        var options = new FetchingOptions { AllowedHosts = $"{host}:{server.Port}", CertificateAuthorities = TestAuthority.Only.PemPath };
        var fetched = await FetchAsync(uri, options);
        Assert.Null(fetched.Problem);
        Assert.Equal("{}"u8, fetched.Bytes.Span);
    }

    [Fact]
    public async Task Says_when_nobody_listens()
    {
        var port = FreePort();
        var fetched = await FetchAsync($"https://127.0.0.1:{port}/", new FetchingOptions { AllowedHosts = "127.0.0.1" });
        Assert.Equal("is on a host that accepts no connection", fetched.Problem);
    }

    [Fact]
    public async Task Gives_a_lookup_up_when_told_to()
    {
        var network = new SystemNetwork(mostLookups: 1);
        var impossible = new string('x', 64) + ".invalid";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => network.ResolveAsync("localhost", new CancellationToken(canceled: true)));
        Assert.NotEmpty(await network.ResolveAsync("localhost", CancellationToken.None).WaitAsync(HostileServer.Patience));
        await Assert.ThrowsAsync<SocketException>(() => network.ResolveAsync(impossible, CancellationToken.None));
        Assert.NotEmpty(await network.ResolveAsync("localhost", CancellationToken.None).WaitAsync(HostileServer.Patience));
    }

    private static async Task<FetchedDocument> FetchAsync(string uri, FetchingOptions options)
    {
        options.TimeoutSeconds = 60;
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<ServiceMetrics>();
        services.AddFetching(options);
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<IDocumentFetcher>().FetchAsync(uri, CancellationToken.None);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
