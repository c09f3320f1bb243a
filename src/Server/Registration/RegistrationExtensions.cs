using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Credentials;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GrpcDcr.Server.Registration;

/// <summary>The domain: what happens to clients, whoever asks.</summary>
internal static class RegistrationExtensions
{
    public static void AddRegistration(this IServiceCollection services, RegistrationOptions registration, AdmissionOptions admission)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new RegistrationPolicy(registration));
        services.AddSingleton(admission);
        services.AddSingleton<PartitionedRateLimiter<IPAddress>>(provider => new AddressWindow(
            admission.RateLimit, admission.GlobalRateLimit, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IClientReader>(provider => provider.GetRequiredService<IRegistrationStore>());
        services.AddSingleton<RegistrationMetrics>();
        services.AddSingleton<RefusalLedger>();
        services.AddSingleton<RegistrationGate>();
        services.AddSingleton<CredentialFactory>();
        services.AddSingleton<Registrar>();
        services.AddSingleton<ClientLifecycle>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<OperatorDesk>();
    }
}
