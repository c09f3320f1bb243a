using System.Net.Security;
using System.Security.Authentication;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Client.Tests;

public sealed class BuilderTests
{
    private static readonly Answer Anything = new(Status: StatusCode.Internal);

    [Fact]
    public async Task Two_services_of_one_role_are_told_apart_by_name()
    {
        await using var eu = await FakeService.StartAsync(_ => Anything);
        await using var us = await FakeService.StartAsync(_ => Anything);
        var services = new ServiceCollection();
        services.AddGrpcDcrDirectory("eu", options => (options.Address, options.Token) = (eu.Address, "eu-token"));
        services.AddGrpcDcrDirectory("us", options => (options.Address, options.Token) = (us.Address, "us-token"));
        await using var provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<GrpcDcrException>(
            () => provider.GetRequiredKeyedService<ClientDirectoryClient>("us").FindAsync("c1"));

        Assert.Empty(eu.Calls);
        Assert.Equal("Bearer us-token", Assert.Single(us.Calls).Authorization);
        Assert.Null(provider.GetService<ClientDirectoryClient>());
        Assert.Same(
            provider.GetRequiredKeyedService<ClientDirectoryClient>("us"), provider.GetRequiredKeyedService<ClientDirectoryClient>("us"));
    }

    [Fact]
    public void A_role_is_added_once_for_each_name()
    {
        var services = new ServiceCollection();
        services.AddGrpcDcrDirectory("eu", _ => { });
        services.AddGrpcDcrDirectory(_ => { });
        services.AddGrpcDcrAdministration("eu", _ => { });
        var twice = Assert.Throws<InvalidOperationException>(() => services.AddGrpcDcrDirectory("eu", _ => { }));
        Assert.Contains("'eu'", twice.Message);
    }

    [Fact]
    public async Task The_HTTP_client_beneath_takes_message_handlers()
    {
        await using var service = await FakeService.StartAsync(_ => Anything);
        var seen = new SeenRequests();
        var services = new ServiceCollection();
        services.AddGrpcDcrDirectory(options => options.Address = service.Address)
            .ConfigureHttpClient(http => http.AddHttpMessageHandler(() => seen));
        await using var provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<GrpcDcrException>(() => provider.GetRequiredService<ClientDirectoryClient>().FindAsync("c1"));

        Assert.Equal("/grpcdcr.directory.v1.ClientDirectory/GetClient", Assert.Single(seen.Paths));
    }

    [Fact]
    public async Task The_channel_takes_options_of_gRPC()
    {
        await using var service = await FakeService.StartAsync(_ => Anything);
        var services = new ServiceCollection();
        services.AddGrpcDcrDirectory(options => options.Address = service.Address)
            .ConfigureChannel((_, channel) => channel.MaxSendMessageSize = 4);
        await using var provider = services.BuildServiceProvider();

        var fault = await Assert.ThrowsAsync<GrpcDcrException>(
            () => provider.GetRequiredService<ClientDirectoryClient>().FindAsync("a longer identifier"));

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Empty(service.Calls);
    }

    [Fact]
    public async Task Tls_a_client_certificate_and_keep_alive_reach_the_handler()
    {
        var services = new ServiceCollection();
        SocketsHttpHandler? handler = null;
        services.AddGrpcDcrDirectory(options => options.Address = new Uri("https://dcr.example"))
            .ConfigureTls(tls => tls.EnabledSslProtocols = SslProtocols.Tls13)
            .UseClientCertificate(_ => throw new InvalidOperationException("asked for the certificate"))
            .UseKeepAlive(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2))
            .ConfigureHttpClient(http => http.ConfigurePrimaryHttpMessageHandler((primary, _) => handler = primary as SocketsHttpHandler));
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<ClientDirectoryClient>();

        Assert.NotNull(handler);
        Assert.Equal(SslProtocols.Tls13, handler.SslOptions.EnabledSslProtocols);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)), (handler.KeepAlivePingDelay, handler.KeepAlivePingTimeout));
        Assert.Equal(
            "asked for the certificate",
            Assert.Throws<InvalidOperationException>(() => Selected(handler.SslOptions)).Message);
    }

    [Fact]
    public async Task A_dns_address_is_resolved_by_the_client()
    {
        await using var service = await FakeService.StartAsync(_ => Anything);
        var services = new ServiceCollection();
        services.AddGrpcDcrDirectory(options =>
            (options.Address, options.AllowPlainHttp) = (new Uri($"dns:///127.0.0.1:{service.Address.Port}"), true));
        await using var provider = services.BuildServiceProvider();

        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => provider.GetRequiredService<ClientDirectoryClient>().FindAsync("c1"));

        Assert.Equal(StatusCode.Internal, fault.StatusCode);
        Assert.Single(service.Calls);
    }

    [Fact]
    public async Task A_program_is_tested_with_a_client_of_its_own()
    {
        var client = new RegisteredClient { ClientId = "c1", State = V1.ClientState.Active, Metadata = new(new V1.ClientMetadata()) };
        ClientDirectoryClient directory = new OneClient(client);
        Assert.Same(client, await directory.FindAsync("c1"));
    }

    private static object? Selected(SslClientAuthenticationOptions tls) =>
        tls.LocalCertificateSelectionCallback!(new object(), "dcr.example", [], null, []);

    private sealed class OneClient(RegisteredClient client) : ClientDirectoryClient
    {
        public override Task<RegisteredClient?> FindAsync(
            string clientId, Directory.V1.ClientView view,
            CancellationToken cancellationToken) => Task.FromResult<RegisteredClient?>(client);
    }

    private sealed class SeenRequests : DelegatingHandler
    {
        public List<string> Paths { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Paths.Add(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
