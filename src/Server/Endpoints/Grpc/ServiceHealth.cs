using Grpc.AspNetCore.HealthChecks;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>The service names of gRPC health, and the checks of each. The empty name has all checks.</summary>
internal static class ServiceHealth
{
    /// <summary>The check that the store answers and accepts changes.</summary>
    public const string Store = "store";

    /// <summary>The check that the store answers.</summary>
    public const string StoreAnswers = "store_answers";

    public static void Map(GrpcHealthChecksOptions options)
    {
        options.Services.Map("", context => context.Name == Store);
        Map(options, ClientDirectory.Descriptor.FullName, StoreAnswers);
        string[] changing =
        [
            ClientRegistration.Descriptor.FullName, ClientSecrets.Descriptor.FullName, ClientAdministration.Descriptor.FullName,
            InitialAccessTokens.Descriptor.FullName, RegistrationControl.Descriptor.FullName, BlockRules.Descriptor.FullName,
            StorageAdministration.Descriptor.FullName,
        ];
        foreach (var service in changing)
        {
            Map(options, service, Store);
        }

        Map(options, AuditLog.Descriptor.FullName, StoreAnswers);
    }

    private static void Map(GrpcHealthChecksOptions options, string service, string check) =>
        options.Services.Map(service, context => context.Name == check);
}
