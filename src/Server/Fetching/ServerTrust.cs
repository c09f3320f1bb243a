using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Which servers are who they say: those certified by an authority of the system or, failing that, of
/// <see cref="FetchingOptions.CertificateAuthorities"/>.
/// </summary>
internal sealed class ServerTrust(X509Certificate2Collection authorities)
{
    /// <summary>No suite and no version is weaker than TLS 1.2 (RFC 9325 section 3.1.1).</summary>
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

    /// <summary>The settings of one TLS connection. Nothing is kept for a resumption: no server is asked twice over one.</summary>
    public SslClientAuthenticationOptions ForConnection() => new()
    {
        EnabledSslProtocols = Protocols,
        AllowTlsResume = false,
        CertificateChainPolicy = Policy(X509ChainTrustMode.System),
        RemoteCertificateValidationCallback = IsTrusted,
    };

    /// <summary>The name must be right in any case; only who certified it may be somebody else than the system knows.</summary>
    /// <exception cref="FetchFault">Instead of false, which would not tell why.</exception>
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
    /// A certificate names places where its issuer and its revocation can be looked up. Whoever made it chose them, so none is asked:
    /// that would be a fetch past every guard.
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

    /// <summary>The purpose that a server's certificate must have, RFC 5280 section 4.2.1.12.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
}
