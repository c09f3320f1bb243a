
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>A service that runs without the authorization middleware is closed: the interceptor refuses.</summary>
public sealed class UnauthorizedCallTests : IAsyncLifetime
{
    private readonly WebApplication _app = Build();
    private GrpcChannel? _channel;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        _channel = GrpcChannel.ForAddress(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _channel!.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Refuses_a_unary_call()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ClientDirectory.ClientDirectoryClient(_channel).GetClientAsync(new GetClientRequest()));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Refuses_a_stream()
    {
        using var stream = new ServerReflection.ServerReflectionClient(_channel).ServerReflectionInfo();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();

        // The settings that the server ships would open its four listeners.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(options => options.Interceptors.Add<CallInterceptor>());
        builder.Services.AddSingleton<Failures>();
        builder.Services.AddGrpcReflection();
        var app = builder.Build();
        app.MapGrpcService<Forgotten>();
        app.MapGrpcReflectionService();
        return app;
    }

    private sealed class Forgotten : ClientDirectory.ClientDirectoryBase
    {
        public override Task<GetClientResponse> GetClient(GetClientRequest request, ServerCallContext context) =>
            Task.FromResult(new GetClientResponse());
    }
}
