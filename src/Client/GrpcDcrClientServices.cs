using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using GrpcDcr.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GrpcDcr.Client;

/// <summary>Adds the client of a GrpcDcr service to a container.</summary>
public static class GrpcDcrClientServices
{
    /// <summary>
    /// Adds <see cref="ClientRegistrar"/>, <see cref="ClientConfiguration"/>, <see cref="ClientDirectoryReader"/>,
    /// <see cref="ClientAdministrator"/>, <see cref="InitialAccessTokenIssuer"/>, <see cref="RegistrationAdministrator"/>,
    /// <see cref="AuditLogReader"/> and <see cref="StorageAdministrator"/> as singletons, and the generated stubs of
    /// <c>GrpcDcr.V1</c> beneath them, which get the same tokens, deadlines, retries and <see cref="GrpcDcrException"/>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets at least <see cref="GrpcDcrClientOptions.Address"/>.</param>
    /// <returns>The same container.</returns>
    public static IServiceCollection AddGrpcDcrClient(this IServiceCollection services, Action<GrpcDcrClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddOptionsWithValidateOnStart<GrpcDcrClientOptions, GrpcDcrClientOptionsValidator>().Configure(configure);
        services.TryAddSingleton<CallDefaults>();
        services.TryAddSingleton<FaultTranslation>();

        services.AddStub<ClientRegistration.ClientRegistrationClient>();
        services.AddStub<ClientDirectory.ClientDirectoryClient>();
        services.AddStub<ClientAdministration.ClientAdministrationClient>();
        services.AddStub<InitialAccessTokens.InitialAccessTokensClient>();
        services.AddStub<RegistrationControl.RegistrationControlClient>();
        services.AddStub<AuditLog.AuditLogClient>();
        services.AddStub<StorageAdministration.StorageAdministrationClient>();

        services.TryAddSingleton<ClientRegistrar>();
        services.TryAddSingleton<ClientConfiguration>();
        services.TryAddSingleton<ClientDirectoryReader>();
        services.TryAddSingleton<ClientAdministrator>();
        services.TryAddSingleton<InitialAccessTokenIssuer>();
        services.TryAddSingleton<RegistrationAdministrator>();
        services.TryAddSingleton<AuditLogReader>();
        services.TryAddSingleton<StorageAdministrator>();
        return services;
    }

    private static void AddStub<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStub>(
        this IServiceCollection services) where TStub : ClientBase =>
        services
            .AddGrpcClient<TStub>((provider, stub) => stub.Address = Options(provider).Address)
            .ConfigureChannel((provider, channel) => channel.ServiceConfig = SafeCalls.ServiceConfig(Options(provider).MaxAttempts))
            .AddInterceptor<FaultTranslation>()
            .AddInterceptor<CallDefaults>();

    private static GrpcDcrClientOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<GrpcDcrClientOptions>>().Value;
}
