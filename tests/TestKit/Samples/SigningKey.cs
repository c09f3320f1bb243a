using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GrpcDcr.TestKit.Samples;

/// <summary>A private key of an issuer. Signs whatever it is told to, also what no library would.</summary>
internal sealed class SigningKey
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;

    private SigningKey(RSA rsa) => _rsa = rsa;

    private SigningKey(ECDsa ec) => _ec = ec;

    /// <summary>The issuer's, and somebody else's. Made once: RSA keys take their time.</summary>
    public static SigningKey Rsa { get; } = NewRsa(2048);

    public static SigningKey OtherRsa { get; } = NewRsa(2048);

    public static SigningKey P256 { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static SigningKey P384 { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP384));

    public static SigningKey P521 { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP521));

    public AsymmetricAlgorithm Key => _rsa ?? (AsymmetricAlgorithm)_ec!;

    public static SigningKey NewRsa(int bits) => new(RSA.Create(bits));

    public static SigningKey NewP256() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static SigningKey For(string algorithm) => algorithm switch
    {
        "ES256" => P256,
        "ES384" => P384,
        "ES512" => P521,
        _ => Rsa,
    };

    /// <summary>A JWK Set of JWKs.</summary>
    public static string Set(params string[] jwks) => $$"""{"keys":[{{string.Join(',', jwks)}}]}""";

    /// <summary>The public key as a JWK with further members before its own, such as <c>"kid":"a",</c>.</summary>
    public string Jwk(string more = "")
    {
        if (_rsa is not null)
        {
            var numbers = _rsa.ExportParameters(includePrivateParameters: false);
            return $$"""{{{more}}"kty":"RSA","n":"{{Encode(numbers.Modulus!)}}","e":"{{Encode(numbers.Exponent!)}}"}""";
        }

        var point = _ec!.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{{{more}}"kty":"EC","crv":"P-{{_ec.KeySize}}","x":"{{Encode(point.X!)}}","y":"{{Encode(point.Y!)}}"}""";
    }

    public string Jwt(string header, string claims) => Jwt(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims));

    /// <summary>A JWT whose signature is of the algorithm that <paramref name="algorithm"/> says, or else that its header says.</summary>
    public string Jwt(byte[] header, byte[] claims, string? algorithm = null)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        algorithm ??= Encoding.UTF8.GetString(header).Split("\"alg\":\"")[1][..5];
        return $"{signed}.{Encode(Sign(Encoding.ASCII.GetBytes(signed), algorithm))}";
    }

    public static string Encode(byte[] octets) => Base64Url.EncodeToString(octets);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    private byte[] Sign(byte[] octets, string algorithm)
    {
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        return _rsa?.SignData(octets, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            ?? _ec!.SignData(octets, hash);
    }
}
