using System.Buffers.Text;
using System.Text.Json;
using GrpcDcr.Server.Model;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>What the claims of a validated JWT say about the caller.</summary>
internal static class JwtClaims
{
    private const int LongestName = 256;

    /// <summary>The caller; <see langword="null"/> if the JWT does not say who that is.</summary>
    public static RoleIdentity? IdentityOf(JsonWebToken token, ClaimMeanings meanings)
    {
        using var payload = ReadPayload(token);
        if (payload is null)
        {
            return null;
        }

        var claims = payload.RootElement;
        var subject = NameIn(claims, JwtRegisteredClaimNames.Sub) ?? NameIn(claims, "client_id");
        var name = meanings.NameClaim.Length == 0 ? subject : NameIn(claims, meanings.NameClaim) ?? subject;
        if (subject is null || name is null)
        {
            return null;
        }

        var roles = ValuesIn(claims, meanings.RoleClaim).SelectMany(value => meanings.Roles[value]).Distinct(StringComparer.Ordinal);
        return new RoleIdentity(
            name, [.. roles], JwtAuthentication.Scheme, new ActorProof(AuthenticationMethod.Jwt, token.Issuer, subject));
    }

    /// <summary>Names appear in logs and in the audit log.</summary>
    private static string? NameIn(JsonElement claims, string claim) =>
        Find(claims, claim) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= LongestName } name
        && !name.Any(char.IsControl)
            ? name
            : null;

    /// <summary>The texts of an array, or the words of a text like that of <c>scope</c>.</summary>
    private static IEnumerable<string> ValuesIn(JsonElement claims, string claim)
    {
        var found = Find(claims, claim);
        return found is { ValueKind: JsonValueKind.String } text ? text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : found is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray()
                .Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
            : [];
    }

    /// <summary>A claim of this name, or else a member of the objects to which the dots of the name lead.</summary>
    private static JsonElement? Find(JsonElement claims, string claim)
    {
        var (found, rest) = (claims, claim);
        while (found.ValueKind == JsonValueKind.Object)
        {
            if (found.TryGetProperty(rest, out var value))
            {
                return value;
            }

            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || !found.TryGetProperty(rest[..dot], out found))
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }

        return null;
    }

    /// <summary>Readers differ on which of two claims with one name counts, so that such a JWT is not valid (RFC 7519 section 4).</summary>
    private static JsonDocument? ReadPayload(JsonWebToken token)
    {
        try
        {
            return JsonDocument.Parse(
                Base64Url.DecodeFromChars(token.EncodedPayload), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
