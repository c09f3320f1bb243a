using System.Text.Json;

namespace GrpcDcr.Server.Syntax;

/// <summary>A time in a JWT: seconds since 1970, which may have a fraction (RFC 7519 section 2).</summary>
internal static class NumericDate
{
    /// <summary>The end of the year 9999, less a day for clock skew. Later times are mistakes, such as milliseconds.</summary>
    private const double Latest = 253_402_214_400;

    /// <summary>Reads the claim.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="name">The claim.</param>
    /// <param name="time">The time; <see langword="null"/> when the claim is absent.</param>
    /// <returns>False if the claim is present and not a time; <c>null</c> is not a time.</returns>
    public static bool TryRead(JsonElement claims, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var claim))
        {
            return true;
        }

        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= Latest))
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return true;
    }
}
