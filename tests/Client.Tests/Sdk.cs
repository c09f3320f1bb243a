using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Client.Tests;

/// <summary>The SDK in a container of its own.</summary>
internal sealed class Sdk : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public Sdk(Uri address, Action<GrpcDcrClientOptions>? configure = null) =>
        _provider = new ServiceCollection()
            .AddGrpcDcrClient(options =>
            {
                options.Address = address;
                configure?.Invoke(options);
            })
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    public ClientRegistrar Registrar => _provider.GetRequiredService<ClientRegistrar>();

    public ClientConfiguration Configuration => _provider.GetRequiredService<ClientConfiguration>();

    public ClientDirectoryReader Directory => _provider.GetRequiredService<ClientDirectoryReader>();

    public ClientAdministrator Administrator => _provider.GetRequiredService<ClientAdministrator>();

    public InitialAccessTokenIssuer Tokens => _provider.GetRequiredService<InitialAccessTokenIssuer>();

    public RegistrationAdministrator Registration => _provider.GetRequiredService<RegistrationAdministrator>();

    public AuditLogReader AuditLog => _provider.GetRequiredService<AuditLogReader>();

    public StorageAdministrator Storage => _provider.GetRequiredService<StorageAdministrator>();

    public T Stub<T>() where T : notnull => _provider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
