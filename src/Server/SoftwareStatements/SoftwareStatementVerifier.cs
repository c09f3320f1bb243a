using System.Text.Json;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// Verifies software statements, RFC 7591 section 2.3. Keys are fetched only from the configured <c>jwks_uri</c> of a trusted issuer.
/// </summary>
/// <param name="issuers">The trusted issuers, with options that passed their validator.</param>
/// <param name="options">Settings for all statements.</param>
/// <param name="audiences">The names of this service; <c>aud</c>, if present, must have one of them.</param>
/// <param name="ownMembers">The members that the deployment names, which a statement may contain too.</param>
/// <param name="fetcher">Fetches published keys.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs the issuer, the software and the <c>jti</c>, and nothing else of a statement.</param>
internal sealed partial class SoftwareStatementVerifier(
    IReadOnlyCollection<SoftwareStatementIssuerOptions> issuers,
    SoftwareStatementOptions options,
    IReadOnlyList<string> audiences,
    AllowedValues ownMembers,
    IDocumentFetcher fetcher,
    TimeProvider time,
    ILogger<SoftwareStatementVerifier> logger)
{
    private readonly Dictionary<string, TrustedIssuer> _trusted = issuers
        .Select(issuer => new TrustedIssuer(issuer, KeysOf(issuer, fetcher, logger)))
        .ToDictionary(issuer => issuer.Name, StringComparer.Ordinal);

    private readonly TimeSpan _skew = TimeSpan.FromSeconds(options.ClockSkewSeconds);

    /// <summary>Whether an issuer is trusted. Otherwise statements are not supported (RFC 7591 section 3.1.1).</summary>
    public bool HasIssuers => _trusted.Count > 0;

    public async ValueTask<SoftwareStatementVerdict> VerifyAsync(string statement, CancellationToken cancellationToken)
    {
        if (CompactJws.Read(statement, options.MaxLength, out var problem) is not { } parts)
        {
            return Refuse(null, problem);
        }

        if (SoftwareStatementHeader.Read(parts.Header, out problem) is not { } header)
        {
            return Refuse(parts, problem);
        }

        if (IssuerOf(parts) is not { } issuer)
        {
            return Refuse(parts, "software_statement has no iss of a trusted issuer (RFC 7591 section 2.3).");
        }

        if (!issuer.Algorithms.Contains(header.Algorithm))
        {
            return Refuse(parts, $"software_statement has an alg that is not allowed for its issuer. Allowed: {issuer.Algorithms}.");
        }

        if (await issuer.Keys.ReadAsync(cancellationToken) is not { } keys)
        {
            return new SoftwareStatementVerdict.KeysUnavailable();
        }

        return keys.For(header.Algorithm, header.KeyId).Any(key => key.Verifies(parts, header.Algorithm))
            ? ValidateClaims(statement, parts, issuer)
            : Refuse(parts, "software_statement has no valid signature of its issuer (RFC 7515 section 5.2).");
    }

    /// <summary>
    /// Reads the statement of a registered client, which was verified at registration, for an update. Its expiry and its signature are not
    /// checked again, because it may have expired and the issuer's keys may have changed.
    /// </summary>
    /// <param name="registered">From a registered client, never from a request.</param>
    /// <returns><see langword="null"/> if its issuer is no longer trusted.</returns>
    public VerifiedSoftwareStatement? ReadRegistered(string registered) =>
        CompactJws.Read(registered, int.MaxValue, out _) is { } parts && IssuerOf(parts) is { } issuer
            ? StatementOf(registered, ClaimedMetadata.Read(parts.Claims, issuer.ClaimNames, ownMembers), issuer)
            : null;

    private SoftwareStatementVerdict ValidateClaims(string statement, CompactJws parts, TrustedIssuer issuer)
    {
        var metadata = ClaimedMetadata.Read(parts.Claims, issuer.ClaimNames, ownMembers);
        var fault = ForeignTokenTypes.Fault(parts.Claims, metadata)
            ?? SoftwareStatementConditions.Fault(parts.Claims, issuer, audiences, time.GetUtcNow(), _skew);
        if (fault is not null)
        {
            return Refuse(parts, fault);
        }

        if (!issuer.Approves(metadata.Values.Text(CoreMembers.SoftwareId)))
        {
            LogUnapproved(Shown(parts, "iss"), Shown(parts, "software_id"), Shown(parts, "jti"));
            return new SoftwareStatementVerdict.Unapproved(
                "software_statement is valid, but its software_id is not approved to register here.");
        }

        LogVerified(Shown(parts, "iss"), Shown(parts, "software_id"), Shown(parts, "jti"));
        return new SoftwareStatementVerdict.Verified(
            StatementOf(statement, metadata, issuer) with { Use = SoftwareStatementConditions.UseOf(parts.Claims, issuer, _skew) });
    }

    private static VerifiedSoftwareStatement StatementOf(string text, ClaimedMetadata metadata, TrustedIssuer issuer) =>
        new(text, issuer.Name, metadata, issuer.ConstraintsOf(metadata.Values.Text(CoreMembers.SoftwareId)), Use: null, issuer.Terms);

    private TrustedIssuer? IssuerOf(CompactJws parts) =>
        parts.Claims.TryGetProperty("iss", out var issuer) && issuer.ValueKind == JsonValueKind.String
            ? _trusted.GetValueOrDefault(issuer.GetString()!)
            : null;

    private SoftwareStatementVerdict.Refused Refuse(CompactJws? parts, string problem)
    {
        LogRefused(Shown(parts, "iss"), Shown(parts, "software_id"), Shown(parts, "jti"), problem);
        return new SoftwareStatementVerdict.Refused(problem);
    }

    /// <summary>An untrusted claim for the log.</summary>
    private static string Shown(CompactJws? parts, string claim) =>
        parts is not null && parts.Claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String
            ? Excerpt.Of(value.GetString())
            : "none";

    private static IIssuerKeys KeysOf(SoftwareStatementIssuerOptions issuer, IDocumentFetcher fetcher, ILogger logger) =>
        issuer.JwksUri.Length > 0
            ? new PublishedKeys(issuer.JwksUri, fetcher, logger)
            : new ConfiguredKeys(ConfiguredKeys.Read(issuer)
                ?? throw new InvalidOperationException($"The keys of {issuer.Issuer} cannot be read any more."));

    [LoggerMessage(2041, LogLevel.Information, "STATEMENT_VERIFIED issuer {Issuer}, software {SoftwareId}, jti {Jti}")]
    private partial void LogVerified(string issuer, string softwareId, string jti);

    [LoggerMessage(2042, LogLevel.Information, "STATEMENT_REFUSED issuer {Issuer}, software {SoftwareId}, jti {Jti}: {Problem}")]
    private partial void LogRefused(string issuer, string softwareId, string jti, string problem);

    [LoggerMessage(2045, LogLevel.Information, "STATEMENT_UNAPPROVED issuer {Issuer}, software {SoftwareId}, jti {Jti}")]
    private partial void LogUnapproved(string issuer, string softwareId, string jti);
}
