using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Client.Tests;

/// <summary>The SDK in a container of its own, with every role and a token for each.</summary>
internal sealed class Sdk : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    /// <param name="address">Where the service is.</param>
    /// <param name="configure">Changes the options of every role.</param>
    public Sdk(Uri address, Action<GrpcDcrClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddGrpcDcrRegistration(options => Set(options, options.InitialAccessToken = "initial"));
        services.AddGrpcDcrDirectory(options => Set(options, options.Token = "directory"));
        services.AddGrpcDcrClientSecrets(options => Set(options, options.Token = "secrets"));
        services.AddGrpcDcrAdministration(options => Set(options, options.Token = "admin"));
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        void Set(GrpcDcrClientOptions options, string _)
        {
            options.Address = address;
            configure?.Invoke(options);
        }
    }

    public ClientRegistrationClient Registration => _provider.GetRequiredService<ClientRegistrationClient>();

    public ClientDirectoryClient Directory => _provider.GetRequiredService<ClientDirectoryClient>();

    public ClientSecretsClient Secrets => _provider.GetRequiredService<ClientSecretsClient>();

    public ClientAdministrationClient Clients => _provider.GetRequiredService<ClientAdministrationClient>();

    public InitialAccessTokensClient Tokens => _provider.GetRequiredService<InitialAccessTokensClient>();

    public RegistrationControlClient Control => _provider.GetRequiredService<RegistrationControlClient>();

    public BlockRulesClient Blocks => _provider.GetRequiredService<BlockRulesClient>();

    public AuditLogClient AuditLog => _provider.GetRequiredService<AuditLogClient>();

    public StorageAdministrationClient Storage => _provider.GetRequiredService<StorageAdministrationClient>();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
