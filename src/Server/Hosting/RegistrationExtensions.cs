using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Directory;
using GrpcDcr.Server.Management;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GrpcDcr.Server.Hosting;

/// <summary>Registers the services of the domain modules.</summary>
internal static class RegistrationExtensions
{
    public static void AddRegistration(
        this IServiceCollection services, RegistrationPolicies policies, SecretSealing sealing, AdmissionOptions admission,
        UnapprovedClientOptions unapproved)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(policies);
        services.AddSingleton(admission);
        services.AddSingleton(provider => RegistrationLimiters.Of(
            admission, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ServiceMetrics>()));
        services.AddSingleton<IClientReader>(provider => provider.GetRequiredService<IRegistrationStore>());
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<PendingClientGauges>();
        services.AddSingleton<RejectionAggregator>();
        services.AddSingleton<FailedCredentials>();
        services.AddSingleton(unapproved);
        services.AddSingleton<UnapprovedClients>();
        services.AddSingleton<RegistrationAdmission>();
        services.AddSingleton<ManagementAdmission>();
        services.AddSingleton<RegistrationValidator>();
        services.AddSingleton<CredentialFactory>();
        services.AddSingleton(sealing);
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<IssuingRequests>();
        services.AddSingleton<RemoteDocumentValidator>();
        services.AddSingleton<NewClients>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<ClientManagement>();
        services.AddSingleton<BlockRuleChecks>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<ClientSecretReveals>();
        services.AddAdministration();
    }

    private static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<AuditedAct>();
        services.AddSingleton<InitialAccessTokens>();
        services.AddSingleton<RegistrationStatusControl>();
        services.AddSingleton<BlockRuleControl>();
        services.AddSingleton<Resemblances>();
        services.AddSingleton<RefusalSources>();
        services.AddSingleton<RegistrationPreviews>();
        services.AddSingleton<UnapprovedClientCleanup>();
        services.AddSingleton<ClientApprovals>();
        services.AddSingleton<ClientLifecycle>();
        services.AddSingleton<ClientSuspension>();
        services.AddSingleton<StorageBackups>();
        services.AddSingleton<ClientBatches>();
        services.AddSingleton<ClientNotes>();
        services.AddSingleton<ClientCreation>();
        services.AddSingleton<ClientEditing>();
    }
}
