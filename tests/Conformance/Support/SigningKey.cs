using System.Buffers.Text;
using System.Security.Cryptography;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>RSA keys as clients register them (RFC 7517).</summary>
public static class SigningKey
{
    /// <summary>A public key for signatures, as JSON.</summary>
    public static string Rsa(string kid, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"kty":"RSA","use":"sig","alg":"RS256","kid":"{{kid}}","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}",
             "e":"{{Base64Url.EncodeToString(parameters.Exponent)}}"}
            """;
    }
}
