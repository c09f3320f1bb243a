using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>An authority of a deployment that certifies administrators and authorization servers.</summary>
internal sealed class ClientAuthority : IDisposable
{
    public const string ForClients = "1.3.6.1.5.5.7.3.2";
    public const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-clients-").FullName;
    private readonly X509Certificate2 _root = MakeAuthority("CN=Clients,O=Example", issuer: null);
    private readonly X509Certificate2 _intermediate;

    public ClientAuthority()
    {
        _intermediate = MakeAuthority("CN=Clients 2,O=Example", _root);
        RootFile = Path.Combine(_folder, "roots.pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    /// <summary>The root in PEM.</summary>
    public string RootFile { get; }

    public X509Certificate2 Root => _root;

    /// <summary>A certificate of the root, with its key.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="names">Alternative names: those with a colon are URIs, the others DNS names.</param>
    /// <param name="purpose">What it may be used for.</param>
    /// <param name="from">From when it is valid, in hours from now.</param>
    /// <param name="to">Until when.</param>
    /// <param name="extensions">Further extensions.</param>
    public X509Certificate2 Issue(
        string subject, string[] names, string purpose = ForClients, int from = -1, int to = 24, params X509Extension[] extensions) =>
        Issue(_root, subject, names, purpose, from, to, extensions);

    /// <summary>A certificate of an intermediate authority, with which it is sent.</summary>
    public SslStreamCertificateContext IssueByIntermediate(string subject) => SslStreamCertificateContext.Create(
        Issue(_intermediate, subject, [], ForClients, -1, 24),
        [X509CertificateLoader.LoadCertificate(_intermediate.RawData)],
        offline: true);

    /// <summary>A certificate that is its own authority.</summary>
    public static X509Certificate2 SelfSigned(string subject) => Issue(issuer: null, subject, [], ForClients, -1, 24);

    /// <summary>Only tests that trust the file know its certificate.</summary>
    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 MakeAuthority(string name, X509Certificate2? issuer)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return Sign(request, key, issuer, from: issuer is null ? -72 : -48, to: issuer is null ? 72 : 48);
    }

    private static X509Certificate2 Issue(
        X509Certificate2? issuer, string subject, string[] names, string purpose, int from, int to, params X509Extension[] extensions)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (name.Contains(':', StringComparison.Ordinal))
            {
                alternatives.AddUri(new Uri(name));
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        if (names.Length > 0)
        {
            request.CertificateExtensions.Add(alternatives.Build());
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        return Sign(request, key, issuer, from, to);
    }

    private static X509Certificate2 Sign(CertificateRequest request, ECDsa key, X509Certificate2? issuer, int from, int to)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
        {
            return request.CreateSelfSigned(now.AddHours(from), now.AddHours(to));
        }

        using var certificate = request.Create(issuer, now.AddHours(from), now.AddHours(to), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
