using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>When a statement may be used: <c>exp</c>, <c>nbf</c> and <c>iat</c>, RFC 7519 sections 4.1.4 to 4.1.6.</summary>
/// <param name="Expires"><see langword="null"/> for never.</param>
/// <param name="Begins"><see langword="null"/> for no limit.</param>
/// <param name="Issued"><see langword="null"/> if it is absent.</param>
internal sealed record SoftwareStatementTimes(DateTimeOffset? Expires, DateTimeOffset? Begins, DateTimeOffset? Issued)
{
    /// <summary>The times; <see langword="null"/> if one of the claims is not a time.</summary>
    public static SoftwareStatementTimes? Read(JsonElement claims) =>
        NumericDate.TryRead(claims, "exp", out var expires)
        & NumericDate.TryRead(claims, "nbf", out var begins)
        & NumericDate.TryRead(claims, "iat", out var issued)
            ? new SoftwareStatementTimes(expires, begins, issued)
            : null;

    /// <summary>Why it cannot be used now; <see langword="null"/> if it can.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="skew">The accepted clock skew of the issuer.</param>
    /// <param name="maxAge">The maximum age; zero for no limit. <paramref name="skew"/> does not extend it.</param>
    public string? Fault(DateTimeOffset now, TimeSpan skew, TimeSpan maxAge)
    {
        if (now - skew >= Expires)
        {
            return "software_statement has expired (RFC 7519 section 4.1.4).";
        }

        if (now + skew < Begins)
        {
            return "software_statement cannot be used yet (RFC 7519 section 4.1.5).";
        }

        if (maxAge == TimeSpan.Zero)
        {
            return null;
        }

        return Issued is null ? "software_statement has no claim iat, which its issuer must set (RFC 7519 section 4.1.6)."
            : now - Issued > maxAge ? $"software_statement is too old; it may be used for {maxAge.TotalSeconds} seconds after its iat."
            : Issued > now + skew ? "software_statement has an iat in the future."
            : null;
    }
}
