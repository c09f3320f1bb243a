using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using GrpcDcr.Admin.V1;
using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>The calls that change nothing, and so may be sent again while the service is unavailable (gRFC A6).</summary>
internal static class RetryRules
{
    /// <summary>
    /// Every RPC of the directory, a client's reading of itself, previews, and the reads of administrators. A registration sent twice could
    /// make two clients. Reading may rotate the registration access token, but whoever shows the token before gets yet another one, so a
    /// read whose answer was lost can be sent again.
    /// </summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. ClientDirectory.Descriptor.Methods,
        .. ClientSecrets.Descriptor.Methods,
        ClientRegistration.Descriptor.FindMethodByName("ReadClient"),
        ClientRegistration.Descriptor.FindMethodByName("PreviewRegistration"),
        ClientAdministration.Descriptor.FindMethodByName("ListClients"),
        ClientAdministration.Descriptor.FindMethodByName("GetClient"),
        ClientAdministration.Descriptor.FindMethodByName("PreviewRegistration"),
        InitialAccessTokens.Descriptor.FindMethodByName("GetInitialAccessToken"),
        InitialAccessTokens.Descriptor.FindMethodByName("ListInitialAccessTokens"),
        RegistrationControl.Descriptor.FindMethodByName("GetRegistrationStatus"),
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
