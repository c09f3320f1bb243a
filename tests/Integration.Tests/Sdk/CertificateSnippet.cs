using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace GrpcDcr.Integration.Tests.Sdk;

/// <summary>A client certificate, as src/Client/README.md prints it word for word.</summary>
internal static class CertificateSnippet
{
    public static void AddTo(HostApplicationBuilder builder, IConfigurationSection settings)
    {
        // <snippet>
        var certificate = X509Certificate2.CreateFromPemFile(settings["CertificateFile"]!, settings["KeyFile"]!);
        var authority = X509CertificateLoader.LoadCertificateFromFile(settings["AuthorityFile"]!);
        builder.Services.AddGrpcDcrAdministration(options => settings.GetSection("Administration").Bind(options))
            .UseClientCertificate(certificate)
            .ConfigureTls(tls => tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            });
        // </snippet>
    }
}
