using System.Collections.Frozen;

namespace GrpcDcr.Server.Model;

/// <summary>The kind of key of a JOSE algorithm.</summary>
internal enum KeyKind
{
    /// <summary>Nothing: the algorithm <c>none</c>.</summary>
    None,

    /// <summary>A secret that both sides know: the client secret (OpenID Connect Core section 10).</summary>
    Secret,

    /// <summary>An RSA key pair.</summary>
    Rsa,

    /// <summary>A key pair on one of the algorithm's curves.</summary>
    Curve,
}

/// <summary>An algorithm of the JOSE registry.</summary>
/// <param name="Name">Its <c>alg</c> value.</param>
/// <param name="Kind">The kind of its key.</param>
/// <param name="Signs">Whether it signs; otherwise it manages encryption keys.</param>
/// <param name="Curves">The <c>crv</c> values that fit; empty for other kinds.</param>
internal sealed record JoseAlgorithm(string Name, KeyKind Kind, bool Signs, params IReadOnlyList<string> Curves);

/// <summary>
/// The algorithms that metadata may name: RFC 7518 sections 3.1, 4.1 and 5.1, RFC 8037 section 3, RFC 9864 section 2, and the two longer
/// variants of RSA-OAEP in the registry.
/// </summary>
internal static class JoseAlgorithms
{
    public const string None = "none";
    public const string Rs256 = "RS256";

    /// <summary>The default of an absent <c>_enc</c> member (OpenID Connect Registration 1.0 section 2).</summary>
    public const string A128CbcHs256 = "A128CBC-HS256";

    private static readonly FrozenDictionary<string, JoseAlgorithm> Known = new[]
    {
        Signing(KeyKind.None, [None]),
        Signing(KeyKind.Secret, ["HS256", "HS384", "HS512"]),
        Signing(KeyKind.Rsa, [Rs256, "RS384", "RS512", "PS256", "PS384", "PS512"]),
        Signing(KeyKind.Curve, ["ES256"], "P-256"),
        Signing(KeyKind.Curve, ["ES384"], "P-384"),
        Signing(KeyKind.Curve, ["ES512"], "P-521"),
        Signing(KeyKind.Curve, ["EdDSA"], "Ed25519", "Ed448"),
        Signing(KeyKind.Curve, ["Ed25519"], "Ed25519"),
        Signing(KeyKind.Curve, ["Ed448"], "Ed448"),
        Managing(KeyKind.Rsa, ["RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]),
        Managing(
            KeyKind.Curve, ["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"], "P-256", "P-384", "P-521", "X25519", "X448"),
        Managing(KeyKind.Secret, ["A128KW", "A192KW", "A256KW", "dir", "A128GCMKW", "A192GCMKW", "A256GCMKW"]),
        Managing(KeyKind.Secret, ["PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW"]),
    }.SelectMany(algorithms => algorithms).ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    /// <summary>JWS algorithms (RFC 7518 section 3.1), <c>none</c> first.</summary>
    public static IReadOnlyList<string> SigningNames { get; } = Names(algorithm => algorithm.Signs);

    /// <summary>JWE key management algorithms (RFC 7518 section 4.1).</summary>
    public static IReadOnlyList<string> KeyManagementNames { get; } = Names(algorithm => !algorithm.Signs);

    /// <summary>JWE content encryption algorithms (RFC 7518 section 5.1).</summary>
    public static IReadOnlyList<string> ContentEncryptionNames { get; } =
        [A128CbcHs256, "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"];

    /// <summary>The algorithm of a name, or <see langword="null"/> for an unknown one.</summary>
    public static JoseAlgorithm? Find(string? name) => name is not null && Known.TryGetValue(name, out var algorithm) ? algorithm : null;

    /// <summary>Whether the algorithm works with the client secret itself, so that a hash of it is not enough.</summary>
    public static bool IsSymmetric(string? name) => Find(name) is { Kind: KeyKind.Secret };

    /// <summary>Whether the algorithm works with a key pair.</summary>
    public static bool IsAsymmetric(string? name) => Find(name) is { Kind: KeyKind.Rsa or KeyKind.Curve };

    private static IReadOnlyList<string> Names(Func<JoseAlgorithm, bool> which) =>
        [.. Known.Values.Where(which).OrderBy(algorithm => algorithm.Kind).ThenBy(algorithm => algorithm.Name, StringComparer.Ordinal)
            .Select(algorithm => algorithm.Name)];

    private static IEnumerable<JoseAlgorithm> Signing(KeyKind kind, string[] names, params string[] curves) =>
        names.Select(name => new JoseAlgorithm(name, kind, Signs: true, curves));

    private static IEnumerable<JoseAlgorithm> Managing(KeyKind kind, string[] names, params string[] curves) =>
        names.Select(name => new JoseAlgorithm(name, kind, Signs: false, curves));
}
