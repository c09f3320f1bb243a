using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Credentials;
using GrpcDcr.Server.Registration.Management;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GrpcDcr.Server.Registration;

/// <summary>The domain: what happens to clients, whoever asks.</summary>
internal static class RegistrationExtensions
{
    public static void AddRegistration(this IServiceCollection services, RegistrationPolicies policies, SecretSealing sealing, AdmissionOptions admission)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(policies);
        services.AddSingleton(admission);
        services.AddSingleton(provider => RegistrationLimiters.Of(admission, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IClientReader>(provider => provider.GetRequiredService<IRegistrationStore>());
        services.AddSingleton<RegistrationMetrics>();
        services.AddSingleton<RefusalLedger>();
        services.AddSingleton<RegistrationGate>();
        services.AddSingleton<ManagementGate>();
        services.AddSingleton<RegistrationJudge>();
        services.AddSingleton<CredentialFactory>();
        services.AddSingleton(sealing);
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<RemoteMembers>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<ClientManagement>();
        services.AddSingleton<InitialAccessTokens>();
        services.AddSingleton<RegistrationControl>();
        services.AddSingleton<RegistrationPreviews>();
        services.AddSingleton<UnapprovedClients>();
        services.AddSingleton<ClientLifecycle>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<OperatorDesk>();
    }
}
