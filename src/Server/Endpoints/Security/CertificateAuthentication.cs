using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Authenticates administrators and authorization servers by TLS client certificates: once for each connection, in the handshake, where
/// the intermediate certificates are that the client sent. Calls find the outcome by the certificate of their connection.
/// </summary>
internal sealed partial class CertificateAuthentication(
    CertificateTrust trust, TimeProvider time, ILogger<CertificateAuthentication> logger)
{
    /// <summary>The extended key usage of client certificates, RFC 5280 section 4.2.1.12.</summary>
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The scheme of identities; nobody asks for it by name.</summary>
    private const string Scheme = "Certificate";

    private static readonly TimeSpan RevocationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>By the certificate that the handshake of a connection had, as the connection has it: the same object.</summary>
    private readonly ConditionalWeakTable<X509Certificate2, Caller> _callers = [];

    /// <summary>
    /// Decides about the certificates of a listener. One that is not trusted has no identity; where a certificate is required, it ends the
    /// handshake.
    /// </summary>
    public void Configure(HttpsConnectionAdapterOptions https)
    {
        var isRequired = https.ClientCertificateMode == ClientCertificateMode.RequireCertificate;
        https.OnAuthenticate = (_, tls) =>
        {
            // A resumed session has the certificate, but not the intermediate ones.
            tls.AllowTlsResume = false;
            tls.CertificateChainPolicy = Policy(X509RevocationMode.NoCheck);
        };
        https.ClientCertificateValidation = (certificate, chain, errors) =>
            (chain is not null && IsTrusted(certificate, chain, errors)) || !isRequired;
    }

    /// <summary>
    /// The caller of a request without another credential; <see langword="null"/> if no certificate says who that is, or if it has expired
    /// since the connection was opened.
    /// </summary>
    public RoleIdentity? IdentityOf(HttpContext http) =>
        http.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
        && _callers.TryGetValue(certificate, out var caller)
        && time.GetUtcNow() < caller.Until
            ? caller.Identity
            : null;

    private bool IsTrusted(X509Certificate2 certificate, X509Chain chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None)
        {
            LogNotTrusted(Excerpt.Of(certificate.Subject), StatusOf(chain));
            return false;
        }

        if (trust.Revocation != X509RevocationMode.NoCheck && RevocationOf(certificate, chain) is { } problem)
        {
            LogNotTrusted(Excerpt.Of(certificate.Subject), problem);
            return false;
        }

        var names = CertifiedName.AllIn(certificate);
        if (trust.Holders.Where(holder => names.Contains(holder.Certified)).ToList() is [var holder, .. var others])
        {
            if (others.Count == 0)
            {
                _callers.AddOrUpdate(certificate, CallerOf(holder, certificate, chain));
            }
            else
            {
                LogAmbiguous(Excerpt.Of(certificate.Subject), holder.Name, others[0].Name);
            }
        }
        else
        {
            LogUnknown(Excerpt.Of(certificate.Subject));
        }

        return true;
    }

    /// <summary>Only for a certificate of a trusted root, because it names the addresses that are asked.</summary>
    private string? RevocationOf(X509Certificate2 certificate, X509Chain trusted)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(trust.Revocation) };
        chain.ChainPolicy.ExtraStore.AddRange(trusted.ChainPolicy.ExtraStore);
        return chain.Build(certificate) ? null : StatusOf(chain);
    }

    private X509ChainPolicy Policy(X509RevocationMode revocation)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            DisableCertificateDownloads = true,
            RevocationMode = revocation,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            UrlRetrievalTimeout = RevocationTimeout,
            VerificationTime = time.GetUtcNow().LocalDateTime,
        };
        policy.CustomTrustStore.AddRange(trust.Roots);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    private static Caller CallerOf(CertificateHolder holder, X509Certificate2 certificate, X509Chain chain) => new(
        new RoleIdentity(
            holder.Name, holder.Roles, Scheme, new ActorProof(AuthenticationMethod.Certificate, certificate.Issuer, holder.Text)),
        chain.ChainElements.Min(element => new DateTimeOffset(element.Certificate.NotAfter.ToUniversalTime())));

    private static string StatusOf(X509Chain chain) => string.Join(' ', chain.ChainStatus.Select(status => status.Status));

    [LoggerMessage(2081, LogLevel.Information, "The certificate of {Subject} is not trusted: {Problem}")]
    private partial void LogNotTrusted(string subject, string problem);

    [LoggerMessage(2082, LogLevel.Information, "The certificate of {Subject} names nobody in Authentication:Certificates")]
    private partial void LogUnknown(string subject);

    [LoggerMessage(2083, LogLevel.Warning,
        "The certificate of {Subject} has no identity, because it names both {One} and {Other} of Authentication:Certificates")]
    private partial void LogAmbiguous(string subject, string one, string other);

    /// <param name="Identity">Who has the certificate. All calls share it: nothing adds claims to it.</param>
    /// <param name="Until">When the first certificate of the chain expires. The connection may last longer.</param>
    private sealed record Caller(RoleIdentity Identity, DateTimeOffset Until);
}
