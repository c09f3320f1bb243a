using System.Collections.Frozen;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Keys;

/// <summary>
/// The numbers of a public key: RFC 7518 sections 6.2 and 6.3, RFC 8037 section 2. Keys of other types and curves are ignored (RFC 7517
/// section 5).
/// </summary>
internal static class KeyMaterial
{
    public const string Rsa = "RSA";
    public const string EllipticCurve = "EC";
    public const string OctetKeyPair = "OKP";

    /// <summary>RFC 7518 section 3.3.</summary>
    private const int LeastModulusBits = 2048;

    /// <summary>Larger keys are too expensive for the verifier.</summary>
    private const int MostModulusBits = 16384;

    private const int MostExponentOctets = 32;

    /// <summary>The curves of elliptic curve keys, with the octets of a coordinate.</summary>
    private static readonly FrozenDictionary<string, (ECCurve Curve, int Octets)> Curves =
        new Dictionary<string, (ECCurve Curve, int Octets)>
        {
            ["P-256"] = (ECCurve.NamedCurves.nistP256, 32),
            ["P-384"] = (ECCurve.NamedCurves.nistP384, 48),
            ["P-521"] = (ECCurve.NamedCurves.nistP521, 66),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The curves of octet key pairs, with the octets of a key.</summary>
    private static readonly FrozenDictionary<string, int> OctetCurves =
        new Dictionary<string, int> { ["Ed25519"] = 32, ["X25519"] = 32, ["Ed448"] = 57, ["X448"] = 56 }
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The <c>kty</c> of keys on a curve; <see langword="null"/> for an unknown curve.</summary>
    internal static string? TypeOfCurve(string curve) =>
        Curves.ContainsKey(curve) ? EllipticCurve : OctetCurves.ContainsKey(curve) ? OctetKeyPair : null;

    /// <summary>What is wrong with the numbers, worded to follow the name of the key, or <see langword="null"/>.</summary>
    internal static string? Fault(JsonElement key, string type) => type switch
    {
        Rsa => RsaFault(key),
        EllipticCurve or OctetKeyPair => CurveFault(key, type),
        _ => null,
    };

    /// <summary>The octets of a member in base64url, or <see langword="null"/>.</summary>
    internal static byte[]? Octets(JsonElement key, string member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? StrictBase64.Url(value.GetString() ?? "")
            : null;

    private static string? RsaFault(JsonElement key)
    {
        if (Octets(key, "n") is not { Length: > 0 } modulus || Octets(key, "e") is not { Length: > 0 } exponent)
        {
            return "has no n and e in base64url without padding (RFC 7518 section 6.3.1)";
        }

        if (modulus[0] == 0 || exponent[0] == 0)
        {
            return "has an n or e with a zero octet before it; none is allowed (RFC 7518 section 2)";
        }

        var bits = (modulus.Length * 8) - BitOperations.LeadingZeroCount((uint)modulus[0]) + 24;
        return bits is < LeastModulusBits or > MostModulusBits
            ? $"has a modulus of {bits} bits; {LeastModulusBits} to {MostModulusBits} are allowed (RFC 7518 section 3.3)"
            : IsEven(modulus) || IsEven(exponent) || exponent is [1] || exponent.Length > MostExponentOctets
                ? "has an n or e that no RSA key has: both are odd, and e is at least 3 and at most 256 bits long"
                : null;
    }

    private static bool IsEven(byte[] number) => (number[^1] & 1) == 0;

    private static string? CurveFault(JsonElement key, string type)
    {
        if (!key.TryGetProperty("crv", out var said) || said.ValueKind != JsonValueKind.String)
        {
            return "has no crv, or one that is not a string (RFC 7518 section 6.2.1.1)";
        }

        var curve = said.GetString() ?? "";
        return TypeOfCurve(curve) is not { } typeOfCurve ? null
            : typeOfCurve != type ? "has a crv that does not go with its kty"
            : type == OctetKeyPair ? OctetFault(key, OctetCurves[curve])
            : PointFault(key, Curves[curve]);
    }

    private static string? OctetFault(JsonElement key, int length) => Octets(key, "x")?.Length == length
        ? null
        : $"has no x of {length} octets in base64url without padding, which its crv needs (RFC 8037 section 2)";

    private static string? PointFault(JsonElement key, (ECCurve Curve, int Octets) curve)
    {
        var (x, y) = (Octets(key, "x"), Octets(key, "y"));
        return x?.Length == curve.Octets && y?.Length == curve.Octets
            ? IsOnCurve(curve.Curve, new ECPoint { X = x, Y = y }) ? null : "has an x and y that are no point of its curve"
            : $"has no x and y of {curve.Octets} octets each in base64url without padding, which its crv needs (RFC 7518 section 6.2.1)";
    }

    private static bool IsOnCurve(ECCurve curve, ECPoint point)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = point });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
