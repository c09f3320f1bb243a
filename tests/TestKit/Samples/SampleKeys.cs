using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.TestKit.Samples;

/// <summary>Public keys as the members of a JWK, by the names that tables of cases give them.</summary>
internal static class SampleKeys
{
    /// <summary>RFC 7517 appendix A.1.</summary>
    public const string Rsa =
        "\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJEC"
            + "PebWKRXjBZC"
        + "iFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5ha"
            + "jrn1n91CbOp"
        + "bISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\"";

    /// <summary>RFC 7517 appendix A.1.</summary>
    public const string Ec =
        "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"";

    /// <summary>RFC 8037 appendix A.2.</summary>
    public const string Ed25519 = "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";

    private static readonly Dictionary<string, Lazy<string>> ByName = new(StringComparer.Ordinal)
    {
        ["rsa"] = new(Rsa),
        ["ec"] = new(Ec),
        ["ed25519"] = new(Ed25519),
        ["rsa-1024"] = new(() => OfRsa(1024).Members),
        ["rsa-x5c"] = new(() => OfRsa(2048).Certified),
        ["ec-x5c"] = new(() => OfCurve(ECCurve.NamedCurves.nistP256, "P-256").Certified),
        ["p384"] = new(() => OfCurve(ECCurve.NamedCurves.nistP384, "P-384").Members),
        ["p521"] = new(() => OfCurve(ECCurve.NamedCurves.nistP521, "P-521").Members),
        ["p521-x5c"] = new(() => OfCurve(ECCurve.NamedCurves.nistP521, "P-521").Certified),
        ["ed25519-x5c"] = new(() => $"{Ed25519},\"x5c\":[\"{EdCertificate()}\"]"),
        ["ed448"] = new(() => OfOctets("Ed448", 57)),
        ["x25519"] = new(() => OfOctets("X25519", 32)),
        ["x448"] = new(() => OfOctets("X448", 56)),
    };

    public static string Named(string name) => ByName[name].Value;

    /// <summary>The certificates of a key that has some, as the value of <c>x5c</c>.</summary>
    public static string CertificatesOf(string name) => Named(name)[(Named(name).IndexOf("\"x5c\":", StringComparison.Ordinal) + 6)..];

    private static (string Members, string Certified) OfRsa(int bits)
    {
        using var key = RSA.Create(bits);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var members = $"\"kty\":\"RSA\",\"n\":\"{Text(numbers.Modulus!)}\",\"e\":\"{Text(numbers.Exponent!)}\"";
        return (members, Certified(members, new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    private static (string Members, string Certified) OfCurve(ECCurve curve, string name)
    {
        using var key = ECDsa.Create(curve);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var members = $"\"kty\":\"EC\",\"crv\":\"{name}\",\"x\":\"{Text(point.X!)}\",\"y\":\"{Text(point.Y!)}\"";
        return (members, Certified(members, new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256)));
    }

    private static string OfOctets(string curve, int length) =>
        $"\"kty\":\"OKP\",\"crv\":\"{curve}\",\"x\":\"{Text(RandomNumberGenerator.GetBytes(length))}\"";

    private static string Certified(string members, CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return $"{members},\"x5c\":[\"{Convert.ToBase64String(certificate.RawData)}\"]";
    }

    /// <summary>A certificate of the key of RFC 8037, issued by another one: the private key of the first does not sign here.</summary>
    private static string EdCertificate()
    {
        byte[] prefix = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];
        var subject = PublicKey.CreateFromSubjectPublicKeyInfo(
            [.. prefix, .. Base64Url.DecodeFromChars("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")], out _);
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=client"), subject, HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            new X500DistinguishedName("CN=issuer"), X509SignatureGenerator.CreateForECDsa(issuer), DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(100), [1]);
        return Convert.ToBase64String(certificate.RawData);
    }

    private static string Text(byte[] octets) => Base64Url.EncodeToString(octets);
}
