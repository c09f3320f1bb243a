using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// TLS client certificates of administrators and authorization servers: configuration section <c>Authentication:Certificates</c>. Not used
/// unless the section is there.
/// </summary>
internal sealed class ClientCertificateOptions
{
    public const string Section = "Authentication:Certificates";

    /// <summary>
    /// Path of a PEM file with the root certificates of the own authorities, and intermediate ones that clients do not send. No other
    /// authority is trusted, neither those of the system. Read at the start. Required.
    /// </summary>
    public string TrustedRoots { get; set; } = "";

    /// <summary>
    /// Whether revoked certificates are found: <c>NoCheck</c>; <c>Online</c>, which asks the addresses that a certificate names (CRL,
    /// OCSP), once for each connection, and does not trust it without an answer; <c>Offline</c>, only by lists that were fetched before.
    /// Default: <c>NoCheck</c>.
    /// </summary>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.NoCheck;
}

/// <summary>
/// Whose certificate it is: configuration section <c>Authentication:Certificates:NAME</c>. NAME is the actor in the audit log. One of the
/// three names is required, and must be in the certificate as it is written here.
/// </summary>
internal sealed class CertificateHolderOptions
{
    /// <summary>
    /// The whole subject, the most specific attribute first, such as <c>CN=ops,O=Example</c>; values with special characters in double
    /// quotes. Default: none.
    /// </summary>
    public string Subject { get; set; } = "";

    /// <summary>A DNS name among the alternative names (SAN), in any case. Default: none.</summary>
    public string SanDns { get; set; } = "";

    /// <summary>A URI among the alternative names (SAN), such as <c>spiffe://example/as</c>. Default: none.</summary>
    public string SanUri { get; set; } = "";

    /// <summary>The roles, one or more of <c>admin approver viewer directory secrets</c>. Required.</summary>
    [ListSetting]
    public string Roles { get; set; } = "";
}
