using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation.Keys;

/// <summary>The labels of a JWK, RFC 7517 section 4: their JSON types must be correct, and they must not contradict each other.</summary>
internal static class KeyLabels
{
    private static readonly string[] Texts = ["kid", "alg", "use"];

    /// <summary>What is wrong with the types, worded to follow the name of the key, or <see langword="null"/>.</summary>
    internal static string? TypeFault(JsonElement key)
    {
        foreach (var member in Texts)
        {
            if (key.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.String)
            {
                return $"has a {member} that is not a string (RFC 7517 section 4)";
            }
        }

        return key.TryGetProperty("key_ops", out var operations) && !AreDistinctTexts(operations)
            ? "has a key_ops that is not an array of different strings (RFC 7517 section 4.3)"
            : null;
    }

    /// <summary>The contradiction, worded to follow the name of the key, or <see langword="null"/>.</summary>
    internal static string? ContradictionFault(PublicKey key)
    {
        if (JoseAlgorithms.Find(key.Algorithm) is { } algorithm)
        {
            if (!key.Fits(algorithm) && IsKnown(key))
            {
                return "has an alg that does not work with keys of its kty and crv";
            }

            if (key.Use == (algorithm.Signs ? "enc" : "sig"))
            {
                return "has an alg that contradicts its use";
            }
        }

        return (key.Use == "sig" && key.Operations.Any(Encrypts)) || (key.Use == "enc" && key.Operations.Any(Signs))
            ? "has key_ops that contradict its use (RFC 7517 section 4.3)"
            : null;
    }

    private static bool IsKnown(PublicKey key) =>
        key.Type == KeyMaterial.Rsa || (key.Curve is not null && KeyMaterial.TypeOfCurve(key.Curve) == key.Type);

    private static bool Signs(string operation) => operation is "sign" or "verify";

    private static bool Encrypts(string operation) =>
        operation is "encrypt" or "decrypt" or "wrapKey" or "unwrapKey" or "deriveKey" or "deriveBits";

    private static bool AreDistinctTexts(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            return false;
        }

        var texts = list.EnumerateArray().Select(item => item.GetString()).ToList();
        return texts.Distinct(StringComparer.Ordinal).Count() == texts.Count;
    }
}
