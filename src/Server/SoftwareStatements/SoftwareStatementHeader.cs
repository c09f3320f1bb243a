using System.Text.Json;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// The header of a statement (RFC 7515 section 4.1). <c>jku</c>, <c>jwk</c>, <c>x5u</c> and <c>x5c</c> are ignored: the signer would choose
/// the key that verifies its signature (RFC 8725 section 3.10).
/// </summary>
/// <param name="Algorithm"><c>alg</c>, as in the header.</param>
/// <param name="KeyId"><c>kid</c>; <see langword="null"/> when it is absent. It is only compared with known keys.</param>
internal sealed record SoftwareStatementHeader(string Algorithm, string? KeyId)
{
    private const string MediaTypePrefix = "application/";

    /// <param name="header">The header.</param>
    /// <param name="problem">Why it is not the header of a software statement.</param>
    public static SoftwareStatementHeader? Read(JsonElement header, out string problem)
    {
        problem = Fault(header) ?? "";
        return problem.Length > 0
            ? null
            : new SoftwareStatementHeader(
                header.GetProperty("alg").GetString()!, header.TryGetProperty("kid", out var id) ? id.GetString() : null);
    }

    private static string? Fault(JsonElement header)
    {
        if (!header.TryGetProperty("alg", out var algorithm) || algorithm.ValueKind != JsonValueKind.String)
        {
            return "software_statement has no alg in its header (RFC 7515 section 4.1.1).";
        }

        // b64 is an extension that needs crit (RFC 7797 section 6), and no extension is supported.
        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _))
        {
            return "software_statement has crit or b64 in its header; no extension is supported (RFC 7515 section 4.1.11).";
        }

        if (header.TryGetProperty("kid", out var id) && id.ValueKind != JsonValueKind.String)
        {
            return "software_statement has a kid in its header that is not a string (RFC 7515 section 4.1.4).";
        }

        return header.TryGetProperty("typ", out var type) && !IsJwt(type)
            ? "software_statement is a JWT of another kind; its typ may be JWT or absent (RFC 8725 section 3.11)."
            : null;
    }

    /// <summary>Media types compare without case, and may leave out their prefix (RFC 7515 section 4.1.9).</summary>
    private static bool IsJwt(JsonElement type)
    {
        var text = type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
        var name = text.StartsWith(MediaTypePrefix, StringComparison.OrdinalIgnoreCase) ? text.AsSpan(MediaTypePrefix.Length) : text;
        return name.Equals("JWT", StringComparison.OrdinalIgnoreCase);
    }
}
