using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>The calls that change nothing and may therefore be retried while the service is unavailable (gRFC A6).</summary>
internal static class RetryRules
{
    /// <summary>
    /// Every RPC of the directory, the read of a client's own registration, previews, and the reads of administrators. A registration that
    /// is sent twice could create two clients. A read may rotate the registration access token, but a caller that presents the previous
    /// token gets another new one, so a read whose response was lost can be retried.
    /// </summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. ClientDirectory.Descriptor.Methods,
        .. ClientSecrets.Descriptor.Methods,
        ClientRegistration.Descriptor.FindMethodByName("ReadClient"),
        ClientRegistration.Descriptor.FindMethodByName("PreviewRegistration"),
        ClientAdministration.Descriptor.FindMethodByName("ListClients"),
        ClientAdministration.Descriptor.FindMethodByName("CountClients"),
        ClientAdministration.Descriptor.FindMethodByName("GetClient"),
        ClientAdministration.Descriptor.FindMethodByName("PreviewRegistration"),
        InitialAccessTokens.Descriptor.FindMethodByName("GetInitialAccessToken"),
        InitialAccessTokens.Descriptor.FindMethodByName("ListInitialAccessTokens"),
        RegistrationControl.Descriptor.FindMethodByName("GetRegistrationStatus"),
        BlockRules.Descriptor.FindMethodByName("ListBlockRules"),
        AuditLog.Descriptor.FindMethodByName("ListAuditEvents"),
    ];

    public static ServiceConfig ServiceConfig(int maxAttempts)
    {
        var config = new ServiceConfig();
        if (maxAttempts > 1)
        {
            config.MethodConfigs.Add(Retried(maxAttempts));
        }

        return config;
    }

    private static MethodConfig Retried(int maxAttempts)
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = maxAttempts,
                InitialBackoff = TimeSpan.FromMilliseconds(100),
                MaxBackoff = TimeSpan.FromSeconds(2),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in Methods)
        {
            config.Names.Add(new MethodName { Service = method.Service.FullName, Method = method.Name });
        }

        return config;
    }
}
