using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Validates server certificates: by the authorities of the system, or else by those of
/// <see cref="FetchingOptions.CertificateAuthorities"/>.
/// </summary>
internal sealed class ServerTrust(X509Certificate2Collection authorities)
{
    /// <summary>TLS 1.2 or later (RFC 9325 section 3.1.1).</summary>
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    public static ServerTrust From(FetchingOptions options) =>
        new(options.CertificateAuthorities.Length == 0 ? [] : ReadAuthorities(options.CertificateAuthorities));

    /// <summary>The certificates in a PEM file.</summary>
    internal static X509Certificate2Collection ReadAuthorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities;
    }

    /// <summary>The settings of one TLS connection, without resumption, because each connection is used once.</summary>
    public SslClientAuthenticationOptions ForConnection() => new()
    {
        EnabledSslProtocols = Protocols,
        AllowTlsResume = false,
        CertificateChainPolicy = Policy(X509ChainTrustMode.System),
        RemoteCertificateValidationCallback = IsTrusted,
    };

    /// <summary>The name must always match; only the certificate authority may be one that the system does not know.</summary>
    /// <exception cref="FetchFault">Thrown instead of returning false, to tell the reason.</exception>
    private bool IsTrusted(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors when IsCertifiedByOwn(certificate, chain) => true,
        _ => throw new FetchFault(ExchangeProblems.NotTrusted, $"{errors}: {certificate?.Subject}, {StatusOf(chain)}"),
    };

    private bool IsCertifiedByOwn(X509Certificate? certificate, X509Chain? shown)
    {
        if (authorities.Count == 0 || certificate is not X509Certificate2 server || shown is null)
        {
            return false;
        }

        using var chain = new X509Chain { ChainPolicy = Policy(X509ChainTrustMode.CustomRootTrust) };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }

    private static string StatusOf(X509Chain? chain) => string.Join(' ', (chain?.ChainStatus ?? []).Select(status => status.Status));

    /// <summary>
    /// A certificate can name URIs of its issuer and of revocation lists. They are never fetched, because such fetches would bypass all
    /// checks.
    /// </summary>
    private static X509ChainPolicy Policy(X509ChainTrustMode trust)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = trust,
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        return policy;
    }

    /// <summary>The extended key usage of server certificates, RFC 5280 section 4.2.1.12.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
}
