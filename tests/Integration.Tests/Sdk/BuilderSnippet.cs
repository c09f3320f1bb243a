using System.Security.Authentication;
using GrpcDcr.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GrpcDcr.Integration.Tests.Sdk;

/// <summary>What the builder can do, as src/Client/README.md prints it word for word.</summary>
internal static class BuilderSnippet
{
    public static void AddTo(HostApplicationBuilder builder)
    {
        // <snippet>
        builder.Services.AddGrpcDcrDirectory("eu", options => options.Address = new Uri("https://eu.dcr.example:8081"))
            .ConfigureTls(tls => tls.EnabledSslProtocols = SslProtocols.Tls13)
            .UseKeepAlive(delay: TimeSpan.FromSeconds(15), timeout: TimeSpan.FromSeconds(5))
            .ConfigureHttpClient(http => http.AddHttpMessageHandler<MyHandler>())
            .ConfigureChannel((services, channel) => channel.MaxReceiveMessageSize = 1_000_000);
        // </snippet>
    }

    internal sealed class MyHandler : DelegatingHandler;
}
