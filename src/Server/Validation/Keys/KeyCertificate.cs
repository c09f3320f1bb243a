using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Keys;

/// <summary>
/// <c>x5c</c>, RFC 7517 section 4.7: the first certificate must have the key of the JWK (OpenID Connect Registration section 2,
/// <c>jwks</c>). The subject and the issuer of the certificate are not validated.
/// </summary>
internal static class KeyCertificate
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string RsaPssKey = "1.2.840.113549.1.1.10";
    private const string EllipticCurveKey = "1.2.840.10045.2.1";
    private const byte UncompressedPoint = 4;
    private const byte DerSequence = 0x30;

    /// <summary>What is wrong with <c>x5c</c>, worded to follow the name of the key, or <see langword="null"/>.</summary>
    internal static string? Fault(JsonElement key, string type)
    {
        if (!key.TryGetProperty("x5c", out var chain))
        {
            return null;
        }

        if (chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() == 0)
        {
            return "has an x5c that is not an array of certificates (RFC 7517 section 4.7)";
        }

        var certificates = chain.EnumerateArray()
            .Select(entry => entry.ValueKind == JsonValueKind.String ? StrictBase64.Padded(entry.GetString() ?? "") : null).ToList();
        if (certificates.Exists(certificate => certificate is not [DerSequence, ..]))
        {
            return "has an x5c entry that is not a certificate in base64 (RFC 7517 section 4.7)";
        }

        if (type is not (KeyMaterial.Rsa or KeyMaterial.EllipticCurve or KeyMaterial.OctetKeyPair))
        {
            // A key of an unknown type is kept as it is (RFC 7517 section 5).
            return null;
        }

        return Holds(certificates[0]!, key, type) switch
        {
            true => null,
            false => "has an x5c whose first certificate is of another key",
            null => "has an x5c whose first entry is not a certificate that can be read (RFC 7517 section 4.7)",
        };
    }

    /// <summary>Whether the certificate has the key; <see langword="null"/> if it cannot be read.</summary>
    private static bool? Holds(byte[] certificate, JsonElement key, string type)
    {
        try
        {
            using var parsed = X509CertificateLoader.LoadCertificate(certificate);
            var (algorithm, value) = (parsed.PublicKey.Oid.Value, parsed.PublicKey.EncodedKeyValue.RawData);
            return type switch
            {
                KeyMaterial.Rsa => algorithm is RsaKey or RsaPssKey && HoldsNumbers(value, Number(key, "n"), Number(key, "e")),
                KeyMaterial.EllipticCurve => algorithm == EllipticCurveKey && value.AsSpan().SequenceEqual(Point(key)),
                KeyMaterial.OctetKeyPair => value.AsSpan().SequenceEqual(Number(key, "x")),
                _ => throw new UnreachableException($"{type} has no certificates."),
            };
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    /// <summary>
    /// RFC 8017 appendix A.1.1: a sequence of modulus and exponent, each with a leading zero octet if its first bit is set.
    /// </summary>
    private static bool HoldsNumbers(byte[] value, ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var numbers = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        return numbers.ReadIntegerBytes().Span.TrimStart((byte)0).SequenceEqual(modulus)
            && numbers.ReadIntegerBytes().Span.TrimStart((byte)0).SequenceEqual(exponent);
    }

    private static byte[] Point(JsonElement key) => [UncompressedPoint, .. Number(key, "x"), .. Number(key, "y")];

    private static byte[] Number(JsonElement key, string member) => KeyMaterial.Octets(key, member) ?? [];
}
