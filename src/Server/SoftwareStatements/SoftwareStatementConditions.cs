using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>The conditions of a statement with a valid signature. A pure function of its claims.</summary>
internal static class SoftwareStatementConditions
{
    /// <summary>Why it is not accepted; <see langword="null"/> if it is.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="issuer">The issuer that signed them.</param>
    /// <param name="audiences">The names of this service.</param>
    /// <param name="now">The current time.</param>
    /// <param name="skew">The accepted clock skew of the issuer.</param>
    public static string? Fault(
        JsonElement claims, TrustedIssuer issuer, IReadOnlyList<string> audiences, DateTimeOffset now, TimeSpan skew) =>
        SoftwareStatementTimes.Read(claims) is { } times
            ? times.Fault(now, skew, issuer.MaxAge)
                ?? AudienceFault(claims, audiences)
                ?? RequiredFault(claims, issuer)
                ?? OneUseFault(claims, issuer, times)
            : "software_statement has an exp, nbf or iat that is not a number of seconds since 1970 (RFC 7519 section 2).";

    /// <summary>
    /// The one-time use of a statement that <see cref="Fault"/> accepted; <see langword="null"/> if it may be used again.
    /// </summary>
    public static OneTimeUse? UseOf(JsonElement claims, TrustedIssuer issuer, TimeSpan skew) =>
        issuer.OneUse && SoftwareStatementTimes.Read(claims)?.Expires is { } expires
            ? new OneTimeUse(SecretHash.Of($"{issuer.Name}\n{claims.GetProperty("jti").GetString()}"), expires + skew)
            : null;

    /// <summary>RFC 7519 section 4.1.3: one string, or an array of them.</summary>
    private static string? AudienceFault(JsonElement claims, IReadOnlyList<string> audiences)
    {
        if (!claims.TryGetProperty("aud", out var audience))
        {
            return null;
        }

        var isOurs = audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(one => IsOurs(one, audiences))
            : IsOurs(audience, audiences);
        return isOurs ? null : "software_statement is not meant for this service: its aud does not name it (RFC 7519 section 4.1.3).";
    }

    private static bool IsOurs(JsonElement audience, IReadOnlyList<string> audiences) =>
        audience.ValueKind == JsonValueKind.String && audiences.Contains(audience.GetString());

    private static string? RequiredFault(JsonElement claims, TrustedIssuer issuer) =>
        issuer.RequiredClaims.FirstOrDefault(name => !claims.TryGetProperty(name, out var claim) || claim.ValueKind == JsonValueKind.Null)
            is { } missing
            ? $"software_statement has no claim {missing}, which its issuer must set."
            : null;

    private static string? OneUseFault(JsonElement claims, TrustedIssuer issuer, SoftwareStatementTimes times)
    {
        var hasId = claims.TryGetProperty("jti", out var id);
        return hasId && id.ValueKind != JsonValueKind.String ? "software_statement has a jti that is not a string (RFC 7519 section 4.1.7)."
            : issuer.OneUse && (!hasId || id.ValueEquals("") || times.Expires is null)
                ? "software_statement has no jti or no exp; it can be used once, so it must have both."
                : null;
    }
}
