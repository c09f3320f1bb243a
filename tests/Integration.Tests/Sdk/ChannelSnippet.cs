using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using GrpcDcr.Directory.V1;

namespace GrpcDcr.Integration.Tests.Sdk;

/// <summary>A client certificate without the SDK, as src/Client/README.md prints it word for word.</summary>
internal static class ChannelSnippet
{
    public static async Task<StatusCode> RunAsync(Uri address, X509Certificate2 certificate, X509Certificate2 authority)
    {
        // <snippet>
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        handler.SslOptions.ClientCertificates = [certificate];
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        var directory = new ClientDirectory.ClientDirectoryClient(channel);
        // </snippet>
        var refusal = await Record.ExceptionAsync(async () => await directory.GetClientAsync(new() { ClientId = "nobody" }));
        return Assert.IsType<RpcException>(refusal).StatusCode;
    }
}
