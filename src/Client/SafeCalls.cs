using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>The calls that change nothing, and so may be sent again when the service is unavailable (gRFC A6).</summary>
internal static class SafeCalls
{
    /// <summary>Every RPC of the directory, and the reads of operators. A registration sent twice could make two clients.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. ClientDirectory.Descriptor.Methods,
        ClientAdministration.Descriptor.FindMethodByName("ListClients"),
        ClientAdministration.Descriptor.FindMethodByName("GetClient"),
        AuditLog.Descriptor.FindMethodByName("ListAuditEvents"),
    ];

    public static ServiceConfig ServiceConfig(int maxAttempts)
    {
        var config = new ServiceConfig();
        if (maxAttempts > 1)
            config.MethodConfigs.Add(Retried(maxAttempts));
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
            config.Names.Add(new MethodName { Service = method.Service.FullName, Method = method.Name });
        return config;
    }
}
