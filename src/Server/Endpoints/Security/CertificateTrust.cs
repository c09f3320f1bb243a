using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Which TLS client certificates authenticate administrators and authorization servers.</summary>
/// <param name="Roots">One of them must have certified the issuer; certificates among them that are no roots help to build chains.</param>
/// <param name="Revocation">Whether and how the state of a certificate is looked up.</param>
/// <param name="Holders">Whose certificates are known. No two have the same name in a certificate.</param>
internal sealed record CertificateTrust(
    X509Certificate2Collection Roots, X509RevocationMode Revocation, IReadOnlyList<CertificateHolder> Holders);

/// <summary>An administrator or an authorization server with a certificate.</summary>
/// <param name="Name">The actor in the audit log.</param>
/// <param name="Certified">What its certificates name.</param>
/// <param name="Text">The same as the configuration has it.</param>
/// <param name="Roles">Some of <see cref="Security.Roles"/>.</param>
internal sealed record CertificateHolder(string Name, CertifiedName Certified, string Text, IReadOnlyList<string> Roles);
