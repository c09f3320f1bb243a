using System.Collections.Frozen;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// The signature algorithms of statements (RFC 7518 section 3.1): only those with a private key, so neither <c>none</c> nor <c>HS256</c>.
/// Names compare exactly.
/// </summary>
internal static class SoftwareStatementAlgorithms
{
    public const string Rsa = "RSA";
    public const string EllipticCurve = "EC";

    /// <summary>The key type and the curve, if any, of each algorithm.</summary>
    private static readonly FrozenDictionary<string, (string KeyType, string? Curve)> Keys =
        new Dictionary<string, (string KeyType, string? Curve)>
        {
            ["RS256"] = (Rsa, null),
            ["RS384"] = (Rsa, null),
            ["RS512"] = (Rsa, null),
            ["PS256"] = (Rsa, null),
            ["PS384"] = (Rsa, null),
            ["PS512"] = (Rsa, null),
            ["ES256"] = (EllipticCurve, "P-256"),
            ["ES384"] = (EllipticCurve, "P-384"),
            ["ES512"] = (EllipticCurve, "P-521"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> Supportable { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Whether a key of this type and curve can make signatures of the algorithm.</summary>
    public static bool Fits(string algorithm, string keyType, string? curve) =>
        Keys.TryGetValue(algorithm, out var key) && key == (keyType, curve);
}
