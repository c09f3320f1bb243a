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
        var parts = CompactJws.Read(statement, options.MaxLength, out var problem);
        var verdict = parts is null
            ? new SoftwareStatementVerdict.Refused(problem!)
            : await VerifyAsync(statement, parts, cancellationToken);
        Log(parts, verdict);
        return verdict;
    }

    /// <summary>
    /// Verifies the statement of a registered client again, for an update. It was verified at registration, and may have expired or have
    /// been used up since, or the issuer's keys may have changed or be unavailable: it is then still read, but is not current.
    /// </summary>
    /// <param name="registered">From a registered client, never from a request.</param>
    /// <param name="cancellationToken">Stops fetches.</param>
    /// <returns>
    /// Verified, or unapproved if its software is not approved any more; <see langword="null"/> if its issuer is no longer trusted.
    /// </returns>
    public async ValueTask<SoftwareStatementVerdict?> VerifyRegisteredAsync(string registered, CancellationToken cancellationToken)
    {
        if (CompactJws.Read(registered, int.MaxValue, out _) is not { } parts || IssuerOf(parts) is not { } issuer)
        {
            return null;
        }

        var isCurrent = !issuer.OneUse
            && await VerifyAsync(registered, parts, cancellationToken) is SoftwareStatementVerdict.Verified;
        var verdict = VerdictOf(registered, ClaimedMetadata.Read(parts.Claims, issuer.ClaimNames, ownMembers), issuer, isCurrent);
        Log(parts, verdict);
        return verdict;
    }

    private async ValueTask<SoftwareStatementVerdict> VerifyAsync(
        string statement, CompactJws parts, CancellationToken cancellationToken)
    {
        if (SoftwareStatementHeader.Read(parts.Header, out var problem) is not { } header)
        {
            return new SoftwareStatementVerdict.Refused(problem!);
        }

        if (IssuerOf(parts) is not { } issuer)
        {
            return new SoftwareStatementVerdict.Refused("software_statement has no iss of a trusted issuer (RFC 7591 section 2.3).");
        }

        if (!issuer.Algorithms.Contains(header.Algorithm))
        {
            return new SoftwareStatementVerdict.Refused(
                $"software_statement has an alg that is not allowed for its issuer. Allowed: {issuer.Algorithms}.");
        }

        if (await issuer.Keys.ReadAsync(cancellationToken) is not { } keys)
        {
            return new SoftwareStatementVerdict.KeysUnavailable();
        }

        return keys.For(header.Algorithm, header.KeyId).Any(key => key.Verifies(parts, header.Algorithm))
            ? ValidateClaims(statement, parts, issuer)
            : new SoftwareStatementVerdict.Refused("software_statement has no valid signature of its issuer (RFC 7515 section 5.2).");
    }

    private SoftwareStatementVerdict ValidateClaims(string statement, CompactJws parts, TrustedIssuer issuer)
    {
        var metadata = ClaimedMetadata.Read(parts.Claims, issuer.ClaimNames, ownMembers);
        var fault = ForeignTokenTypes.Fault(parts.Claims, metadata)
            ?? SoftwareStatementConditions.Fault(parts.Claims, issuer, audiences, time.GetUtcNow(), _skew);
        if (fault is not null)
        {
            return new SoftwareStatementVerdict.Refused(fault);
        }

        var use = SoftwareStatementConditions.UseOf(parts.Claims, issuer, _skew);
        return VerdictOf(statement, metadata, issuer, isCurrent: true, use);
    }

    /// <summary>Whether the software of a statement is approved.</summary>
    private static SoftwareStatementVerdict VerdictOf(
        string text, ClaimedMetadata metadata, TrustedIssuer issuer, bool isCurrent, OneTimeUse? use = null) =>
        issuer.Approves(metadata.Values.Text(CoreMembers.SoftwareId))
            ? new SoftwareStatementVerdict.Verified(StatementOf(text, metadata, issuer) with { Use = use, IsCurrent = isCurrent })
            : new SoftwareStatementVerdict.Unapproved(
                "software_statement is valid, but its software_id is not approved to register here.");

    private static VerifiedSoftwareStatement StatementOf(string text, ClaimedMetadata metadata, TrustedIssuer issuer) =>
        new(text, issuer.Name, metadata, issuer.ConstraintsOf(metadata.Values.Text(CoreMembers.SoftwareId)), Use: null, issuer.Terms);

    private TrustedIssuer? IssuerOf(CompactJws parts) =>
        parts.Claims.TryGetProperty("iss", out var issuer) && issuer.ValueKind == JsonValueKind.String
            ? _trusted.GetValueOrDefault(issuer.GetString()!)
            : null;

    private void Log(CompactJws? parts, SoftwareStatementVerdict verdict)
    {
        var (issuer, software, id) = (Shown(parts, "iss"), Shown(parts, "software_id"), Shown(parts, "jti"));
        switch (verdict)
        {
            case SoftwareStatementVerdict.Verified:
                LogVerified(issuer, software, id);
                break;
            case SoftwareStatementVerdict.Unapproved:
                LogUnapproved(issuer, software, id);
                break;
            case SoftwareStatementVerdict.Refused refused:
                LogRefused(issuer, software, id, refused.Description);
                break;
        }
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
