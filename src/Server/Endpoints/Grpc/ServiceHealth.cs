using Grpc.AspNetCore.HealthChecks;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>The names of the services in gRPC health, and the checks that count for each. The empty name counts all.</summary>
internal static class ServiceHealth
{
    /// <summary>The check that the store answers and takes changes.</summary>
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
            InitialAccessTokens.Descriptor.FullName, RegistrationControl.Descriptor.FullName, StorageAdministration.Descriptor.FullName,
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
