using System.Numerics;
using System.Security.Cryptography;
using GrpcDcr.Server.Syntax;
using Microsoft.IdentityModel.Tokens;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// The numbers of public keys, RFC 7518 sections 6.2.1 and 6.3.1: checked and re-encoded, so that nothing else that an issuer publishes
/// reaches the library.
/// </summary>
internal static class PublicNumbers
{
    /// <summary>Bits, RFC 7518 sections 3.3 and 3.5.</summary>
    private const int SmallestRsa = 2048;

    private const int LargestRsa = 16384;

    /// <summary>Bits. Longer exponents make verification slow or fail; nearly all keys have 17 bits.</summary>
    private const int LargestExponent = 64;

    public static JsonWebKey? Rsa(string? modulus, string? exponent, out string? fault)
    {
        fault = null;
        var (n, e) = (Number(modulus), Number(exponent));
        if (n is null || e is null)
        {
            fault = "has no n or e that is a number in base64url (RFC 7518 section 6.3.1)";
        }
        else if (n.Value.GetBitLength() is var bits and (< SmallestRsa or > LargestRsa))
        {
            fault = $"is an RSA key of {bits} bits; allowed are {SmallestRsa} to {LargestRsa}";
        }
        else if (e.Value.IsEven || e.Value < 3 || e.Value.GetBitLength() > LargestExponent || n.Value.IsEven)
        {
            fault = $"is no RSA key: n must be odd, and e odd, at least 3, and of at most {LargestExponent} bits";
        }

        return fault is null ? new JsonWebKey { Kty = SoftwareStatementAlgorithms.Rsa, N = Text(n!.Value), E = Text(e!.Value) } : null;
    }

    public static JsonWebKey? EllipticCurve(string? curve, string? x, string? y, out string? fault)
    {
        fault = null;
        ECCurve? named = curve switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            "P-521" => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        if (named is null)
        {
            return null;
        }

        if (!IsPoint(named.Value, StrictBase64.Url(x), StrictBase64.Url(y)))
        {
            fault = $"has no x and y that are a point of its curve {curve} (RFC 7518 section 6.2.1)";
            return null;
        }

        return new JsonWebKey { Kty = SoftwareStatementAlgorithms.EllipticCurve, Crv = curve, X = x, Y = y };
    }

    /// <summary>A point that is not on its curve would allow an invalid-curve attack; the platform refuses to import it.</summary>
    private static bool IsPoint(ECCurve curve, byte[]? x, byte[]? y)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
            return x!.Length == (key.KeySize + 7) / 8;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static BigInteger? Number(string? text) =>
        StrictBase64.Url(text) is { Length: > 0 } octets ? new BigInteger(octets, isUnsigned: true, isBigEndian: true) : null;

    private static string Text(BigInteger number) => Base64UrlEncoder.Encode(number.ToByteArray(isUnsigned: true, isBigEndian: true));
}
