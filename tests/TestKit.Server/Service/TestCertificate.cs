using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.TestKit.Service;

/// <summary>A certificate for this machine, made for this run of the tests.</summary>
public static class TestCertificate
{
    public const string Password = "test";

    private static readonly Lazy<string> Made = new(Make);

    public static string Path => Made.Value;

    /// <summary>Whether a server showed this certificate.</summary>
    public static bool IsShown(X509Certificate? shown)
    {
        using var own = X509CertificateLoader.LoadPkcs12FromFile(Path, Password);
        return shown is not null && shown.GetCertHashString() == own.Thumbprint;
    }

    private static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = System.IO.Path.Combine(System.IO.Directory.CreateTempSubdirectory("grpcdcr-cert-").FullName, "test.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, Password));
        return path;
    }
}
