using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// Distinguishes statements from other JWTs that an issuer signs with the same keys (RFC 8725 section 3.12) by their claims, if <c>typ</c>
/// does not.
/// </summary>
internal static class ForeignTokenTypes
{
    /// <summary>
    /// Claims of ID tokens (OpenID Connect Core sections 2 and 3.3.2.11), security events such as logout tokens (RFC 8417 section 2.2), and
    /// DPoP proofs (RFC 9449 section 4.2).
    /// </summary>
    private static readonly string[] Marks = ["nonce", "auth_time", "at_hash", "c_hash", "events", "htm", "htu"];

    /// <summary>Why it is not a statement; <see langword="null"/> if it may be one.</summary>
    public static string? Fault(JsonElement claims, ClaimedMetadata metadata)
    {
        if (Array.Find(Marks, mark => claims.TryGetProperty(mark, out _)) is { } mark)
        {
            return $"software_statement has the claim {mark}, so it is a JWT of another kind.";
        }

        // Client assertions have no metadata (RFC 7523 section 3), and access tokens only scope (RFC 9068 section 2.2.3).
        return !metadata.Members.Select(StatedMembers.Find).Any(member => member is not null && member != CoreMembers.Scope)
            ? "software_statement does not describe the software; it must have client metadata besides scope (RFC 7591 section 2.3)."
            : null;
    }
}
