using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.TestKit.Network;

/// <summary>An authority that only these tests trust, made for this run, and certificates of all kinds.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly Lazy<TestAuthority> Made = new(() => new TestAuthority());

    private readonly X509Certificate2 _root = MakeAuthority("CN=Test Root", issuer: null, days: 30);

    private TestAuthority()
    {
        PemPath = Path.Combine(System.IO.Directory.CreateTempSubdirectory("grpcdcr-ca-").FullName, "ca.pem");
        File.WriteAllText(PemPath, _root.ExportCertificatePem());
        Good = Issue(_root);
        Intermediate = MakeAuthority("CN=Test Intermediate", _root, days: 20);
    }

    public static TestAuthority Only => Made.Value;

    /// <summary>The root as a file.</summary>
    public string PemPath { get; }

    /// <summary>For the hosts of the tests, certified by the root.</summary>
    public X509Certificate2 Good { get; }

    public X509Certificate2 Intermediate { get; }

    public X509Certificate2 Expired(string purpose = ServerAuthentication) => Issue(_root, from: -10, to: -1, purpose: purpose);

    public X509Certificate2 NotYetValid() => Issue(_root, from: 1, to: 10);

    public X509Certificate2 ForAnotherHost() => Issue(_root, names: "other.example");

    public X509Certificate2 ForClientsOnly() => Issue(_root, purpose: ClientAuthentication);

    public X509Certificate2 ByIntermediate() => Issue(Intermediate);

    /// <summary>Says where the certificate of its issuer, its state and a list of what was revoked can be had.</summary>
    public X509Certificate2 ThatNamesPlaces(string uri) => Issue(Intermediate, extensions:
    [
        new X509AuthorityInformationAccessExtension([uri + "/ocsp"], [uri + "/issuer.cer"]),
        CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([uri + "/revoked.crl"]),
    ]);

    public static X509Certificate2 SelfSigned(string purpose = ServerAuthentication) => Issue(issuer: null, purpose: purpose);

    public static X509Certificate2 ByUnknownAuthority(string purpose = ServerAuthentication)
    {
        using var unknown = MakeAuthority("CN=Test Root", issuer: null, days: 30);
        return Issue(unknown, purpose: purpose);
    }

    public void Dispose() => _root.Dispose();

    private static X509Certificate2 MakeAuthority(string name, X509Certificate2? issuer, int days)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return Sign(request, key, issuer, from: -days, to: days);
    }

    private static X509Certificate2 Issue(
        X509Certificate2? issuer, int from = -1, int to = 1, string names = "localhost keys.example slow.example",
        string purpose = ServerAuthentication,
        params X509Extension[] extensions)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names.Split(' ')[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        Array.ForEach(names.Split(' '), alternatives.AddDnsName);
        alternatives.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        return Sign(request, key, issuer, from, to);
    }

    private static X509Certificate2 Sign(CertificateRequest request, ECDsa key, X509Certificate2? issuer, int from, int to)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
        {
            return request.CreateSelfSigned(now.AddDays(from), now.AddDays(to));
        }

        using var certificate = request.Create(issuer, now.AddDays(from), now.AddDays(to), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
