using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GrpcDcr.Client;

/// <summary>Creates the channel of a role from its options and the settings of the builder.</summary>
internal static class ConnectionFactory
{
    /// <param name="provider">The container.</param>
    /// <param name="httpClientName">The name of the HTTP client.</param>
    /// <param name="options">The current options.</param>
    /// <param name="setup">The settings of the builder, in order.</param>
    public static ServiceConnection Create(
        IServiceProvider provider,
        string httpClientName,
        Func<GrpcDcrClientOptions> options,
        IEnumerable<Action<IServiceProvider, GrpcChannelOptions>> setup)
    {
        var given = options();
        var address = given.Address!;
        var channel = new GrpcChannelOptions
        {
            HttpHandler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(httpClientName),
            LoggerFactory = provider.GetService<ILoggerFactory>(),
            ServiceProvider = provider,
            ServiceConfig = RetryRules.ServiceConfig(given.MaxAttempts),
        };
        if (address.Scheme == Addresses.Dns)
        {
            channel.Credentials = given.AllowPlainHttp ? ChannelCredentials.Insecure : ChannelCredentials.SecureSsl;
            channel.ServiceConfig.LoadBalancingConfigs.Add(new RoundRobinConfig());
        }

        foreach (var configure in setup)
        {
            configure(provider, channel);
        }

        return new ServiceConnection(GrpcChannel.ForAddress(address, channel), options);
    }
}
