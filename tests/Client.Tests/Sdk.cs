using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Client.Tests;

/// <summary>The SDK in a container of its own.</summary>
internal sealed class Sdk : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    public Sdk(Uri address, Action<GrpcDcrClientOptions>? configure = null) =>
        provider = new ServiceCollection()
            .AddGrpcDcrClient(options =>
            {
                options.Address = address;
                configure?.Invoke(options);
            })
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    public ClientRegistrar Registrar => provider.GetRequiredService<ClientRegistrar>();

    public ClientConfiguration Configuration => provider.GetRequiredService<ClientConfiguration>();

    public ClientDirectoryReader Directory => provider.GetRequiredService<ClientDirectoryReader>();

    public ClientAdministrator Administrator => provider.GetRequiredService<ClientAdministrator>();

    public InitialAccessTokenIssuer Tokens => provider.GetRequiredService<InitialAccessTokenIssuer>();

    public RegistrationAdministrator Registration => provider.GetRequiredService<RegistrationAdministrator>();

    public AuditLogReader AuditLog => provider.GetRequiredService<AuditLogReader>();

    public StorageAdministrator Storage => provider.GetRequiredService<StorageAdministrator>();

    public T Stub<T>() where T : notnull => provider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
