namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// How software statements (RFC 7591 section 2.3) are validated, for all issuers: configuration section <c>SoftwareStatements</c>. For the
/// trusted issuers see <see cref="SoftwareStatementIssuerOptions"/>.
/// </summary>
internal sealed class SoftwareStatementOptions
{
    public const string Section = "SoftwareStatements";

    /// <summary>The maximum length of a software statement, in octets. Default 16384. Range 1024 to 32768.</summary>
    public int MaxLength { get; set; } = 16384;

    /// <summary>
    /// The accepted clock skew of issuers, in seconds: for <c>exp</c> and <c>nbf</c> (RFC 7519 sections 4.1.4 and 4.1.5), and for an
    /// <c>iat</c> in the future. Default 60. Range 0 to 600.
    /// </summary>
    public int ClockSkewSeconds { get; set; } = 60;
}
