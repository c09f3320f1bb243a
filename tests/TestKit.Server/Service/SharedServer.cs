namespace GrpcDcr.TestKit.Service;

/// <summary>One server for all tests of a class; they run one after the other.</summary>
public class SharedServer(params string[] settings) : IAsyncLifetime
{
    private RunningServer? _server;

    public RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(settings);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

/// <summary>Registration is open, as the fixture's settings have it.</summary>
public sealed class OpenServer() : SharedServer();

/// <summary>Registration asks for <see cref="Token"/>.</summary>
public sealed class GatedServer() : SharedServer("DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token)
{
    public const string Token = "initial-access-token-of-the-tests";
}

/// <summary>Believes the forwarded headers of this machine, so that tests can come from any address.</summary>
public sealed class ProxiedServer() : SharedServer(
    "ForwardedHeaders:TrustedProxies=127.0.0.1", "PublicBaseUrl=https://as.example");
