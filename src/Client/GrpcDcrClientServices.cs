using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Client;

/// <summary>
/// Adds clients of a GrpcDcr service to a container, role by role. No role uses the credential of another. Clients are singletons, keyed by
/// their name if they have one. A role can be added once for each name.
/// </summary>
public static class GrpcDcrClientServices
{
    /// <summary>Adds <see cref="ClientDirectoryClient"/>, for an authorization server.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrDirectory(this IServiceCollection services, Action<GrpcDcrDirectoryOptions> configure) =>
        services.AddGrpcDcrDirectory(Options.DefaultName, configure);

    /// <summary>Adds a keyed <see cref="ClientDirectoryClient"/>, for an authorization server of several services.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key of the client and the name of its options.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrDirectory(
        this IServiceCollection services, string name, Action<GrpcDcrDirectoryOptions> configure) =>
        services.AddRole(name, configure)
            .AddClient<GrpcDcrDirectoryOptions, ClientDirectoryClient>(connection => new(connection));

    /// <summary>Adds <see cref="ClientSecretsClient"/>, for an authorization server that needs client secrets in plain text.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrClientSecrets(
        this IServiceCollection services, Action<GrpcDcrClientSecretsOptions> configure) =>
        services.AddGrpcDcrClientSecrets(Options.DefaultName, configure);

    /// <summary>Adds a keyed <see cref="ClientSecretsClient"/>, for an authorization server of several services.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key of the client and the name of its options.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrClientSecrets(
        this IServiceCollection services, string name, Action<GrpcDcrClientSecretsOptions> configure) =>
        services.AddRole(name, configure)
            .AddClient<GrpcDcrClientSecretsOptions, ClientSecretsClient>(connection => new(connection));

    /// <summary>
    /// Adds <see cref="ClientAdministrationClient"/>, <see cref="InitialAccessTokensClient"/>, <see cref="RegistrationControlClient"/>,
    /// <see cref="BlockRulesClient"/>, <see cref="AuditLogClient"/> and <see cref="StorageAdministrationClient"/>, for administrators.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrAdministration(
        this IServiceCollection services, Action<GrpcDcrAdministrationOptions> configure) =>
        services.AddGrpcDcrAdministration(Options.DefaultName, configure);

    /// <summary>Adds the keyed clients for administrators of several services.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key of the clients and the name of their options.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrAdministration(
        this IServiceCollection services, string name, Action<GrpcDcrAdministrationOptions> configure) =>
        services.AddRole(name, configure)
            .AddClient<GrpcDcrAdministrationOptions, ClientAdministrationClient>(connection => new(connection))
            .AddClient<GrpcDcrAdministrationOptions, InitialAccessTokensClient>(connection => new(connection))
            .AddClient<GrpcDcrAdministrationOptions, RegistrationControlClient>(connection => new(connection))
            .AddClient<GrpcDcrAdministrationOptions, BlockRulesClient>(connection => new(connection))
            .AddClient<GrpcDcrAdministrationOptions, AuditLogClient>(connection => new(connection))
            .AddClient<GrpcDcrAdministrationOptions, StorageAdministrationClient>(connection => new(connection));

    /// <summary>Adds <see cref="ClientRegistrationClient"/>, for programs that register.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrRegistration(
        this IServiceCollection services, Action<GrpcDcrRegistrationOptions> configure) =>
        services.AddGrpcDcrRegistration(Options.DefaultName, configure);

    /// <summary>Adds a keyed <see cref="ClientRegistrationClient"/>, for programs that register with several services.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key of the client and the name of its options.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>A builder for further configuration.</returns>
    public static GrpcDcrClientBuilder AddGrpcDcrRegistration(
        this IServiceCollection services, string name, Action<GrpcDcrRegistrationOptions> configure) =>
        services.AddRole(name, configure)
            .AddClient<GrpcDcrRegistrationOptions, ClientRegistrationClient>(connection => new(connection));

    private static GrpcDcrClientBuilder AddRole<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TOptions>(
        this IServiceCollection services, string name, Action<TOptions> configure)
        where TOptions : GrpcDcrClientOptions
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        var key = new ConnectionKey(typeof(TOptions), name);
        if (services.Any(service => service.IsKeyedService && key.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException($"The role of {key.Options.Name} was already added under the name '{name}'.");
        }

        services.AddOptionsWithValidateOnStart<TOptions, GrpcDcrClientOptionsValidator<TOptions>>(name).Configure(configure);
        var builder = new GrpcDcrClientBuilder(services, name, key.HttpClientName);
        services.AddKeyedSingleton(key, (provider, _) =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<TOptions>>();
            return ConnectionFactory.Create(provider, key.HttpClientName, () => options.Get(name), builder.ChannelSetup);
        });
        return builder;
    }

    private static GrpcDcrClientBuilder AddClient<TOptions, TClient>(
        this GrpcDcrClientBuilder builder, Func<ServiceConnection, TClient> create)
        where TOptions : GrpcDcrClientOptions
        where TClient : class
    {
        var key = new ConnectionKey(typeof(TOptions), builder.Name);
        if (builder.Name == Options.DefaultName)
        {
            builder.Services.AddSingleton(provider => create(provider.GetRequiredKeyedService<ServiceConnection>(key)));
        }
        else
        {
            builder.Services.AddKeyedSingleton(
                builder.Name, (provider, _) => create(provider.GetRequiredKeyedService<ServiceConnection>(key)));
        }

        return builder;
    }

    /// <summary>Identifies a connection by the options type of its role and its name.</summary>
    private sealed record ConnectionKey(Type Options, string Name)
    {
        public string HttpClientName => Name.Length == 0 ? Options.Name : $"{Options.Name}:{Name}";
    }
}
