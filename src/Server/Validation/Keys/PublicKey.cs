using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation.Keys;

/// <summary>The labels of a JWK (RFC 7517 section 4) that passed <see cref="KeyRules"/>.</summary>
/// <param name="Type"><c>kty</c>.</param>
/// <param name="Curve"><c>crv</c>; <see langword="null"/> when it has none.</param>
/// <param name="Use"><c>use</c>; <see langword="null"/> if it has none.</param>
/// <param name="Operations"><c>key_ops</c>; empty if it has none.</param>
/// <param name="Algorithm"><c>alg</c>; <see langword="null"/> if it has none.</param>
/// <param name="Id"><c>kid</c>; <see langword="null"/> when it has none.</param>
/// <param name="HasCertificate">Whether it has an <c>x5c</c>.</param>
internal sealed record PublicKey(
    string Type, string? Curve, string? Use, IReadOnlyList<string> Operations, string? Algorithm, string? Id, bool HasCertificate)
{
    /// <summary>Reads a key whose <c>key_ops</c> is an array of strings. Members of a wrong JSON type count as absent.</summary>
    public static PublicKey Of(JsonElement key) => new(
        Text(key, "kty") ?? "",
        Text(key, "crv"),
        Text(key, "use"),
        key.TryGetProperty("key_ops", out var operations)
            ? [.. operations.EnumerateArray().Select(operation => operation.GetString() ?? "")]
            : [],
        Text(key, "alg"),
        Text(key, "kid"),
        key.TryGetProperty("x5c", out _));

    /// <summary>Whether a signature of this algorithm can be verified with the key.</summary>
    public bool CanVerify(string algorithm) =>
        Use is null or "sig"
        && (Operations.Count == 0 || Operations.Contains("verify"))
        && (Algorithm is null || Algorithm == algorithm)
        && Fits(JoseAlgorithms.Find(algorithm));

    /// <summary>Whether the key can be used for encryption with this algorithm.</summary>
    public bool CanEncrypt(string algorithm) =>
        Use is null or "enc"
        && (Operations.Count == 0 || Operations.Any(operation => operation is "encrypt" or "wrapKey" or "deriveKey" or "deriveBits"))
        && (Algorithm is null || Algorithm == algorithm)
        && Fits(JoseAlgorithms.Find(algorithm));

    /// <summary>Whether the algorithm works with the type and the curve of the key.</summary>
    public bool Fits(JoseAlgorithm? algorithm) => algorithm?.Kind switch
    {
        KeyKind.Rsa => Type == KeyMaterial.Rsa,
        KeyKind.Curve => Curve is not null && Type == KeyMaterial.TypeOfCurve(Curve) && algorithm.Curves.Contains(Curve),
        _ => false,
    };

    private static string? Text(JsonElement key, string member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
