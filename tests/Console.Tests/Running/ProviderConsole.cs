using System.Globalization;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>A service whose administrators have accounts at oidc-provider, started with the first test that needs it.</summary>
public sealed class ProviderConsole : IAsyncDisposable
{
    private const string RolesOfUsers = """{"alice":["dcr-approver"],"bob":["dcr-viewer"],"mallory":["other"]}""";

    private OidcProvider? _provider;
    private RunningServer? _server;

    internal async Task<(OidcProvider Provider, RunningServer Server)> StartedAsync()
    {
        var port = FreePort.Next();
        _provider ??= await OidcProvider.StartForConsoleAsync(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/console"), RolesOfUsers);
        _server ??= await ConsoleServer.StartAsync(
            [.. TestProvider.SettingsOf(_provider.Issuer), $"Kestrel:Endpoints:Admin:Url=http://127.0.0.1:{port}"]);
        return (_provider, _server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }
}
