using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.TestKit.Running;

/// <summary>A certificate for this machine that only those trust who are given it. Made anew for each use, as two PEM files.</summary>
/// <param name="CertificateFile">What clients trust.</param>
/// <param name="KeyFile">What the server proves itself with.</param>
internal sealed record TestCertificate(string CertificateFile, string KeyFile)
{
    public static TestCertificate Make(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));

        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var made = new TestCertificate(Path.Combine(folder, "server.crt"), Path.Combine(folder, "server.key"));
        File.WriteAllText(made.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(made.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    /// <summary>Settings that open the public listener with this certificate.</summary>
    public string[] Settings =>
    [
        "Kestrel:Endpoints:Public:Url=https://127.0.0.1:0",
        $"Kestrel:Certificates:Default:Path={CertificateFile}",
        $"Kestrel:Certificates:Default:KeyPath={KeyFile}",
    ];

    /// <summary>For HTTP clients that trust this certificate and no other.</summary>
    public SocketsHttpHandler TrustingHandler()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(CertificateFile));
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
    }
}
