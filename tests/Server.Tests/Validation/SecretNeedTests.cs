using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>Who gets a secret, and in which form it is kept.</summary>
public sealed class SecretNeedTests
{
    public static TheoryData<string, string, string, string, string> Cases { get; } = new()
    {
        { "7591-2-07", "none", "", "", nameof(SecretNeed.None) },
        { "7591-2-05", "client_secret_basic", "", "", nameof(SecretNeed.Hashed) },
        { "7591-2-05", "client_secret_post", "", "", nameof(SecretNeed.Hashed) },
        { "7523-03", "private_key_jwt", "", "", nameof(SecretNeed.None) },
        { "7523-03", "private_key_jwt", "id_token_signed_response_alg", "RS256", nameof(SecretNeed.None) },
        { "7523-03", "private_key_jwt", "id_token_encrypted_response_alg", "RSA-OAEP", nameof(SecretNeed.None) },
        { "7523-03", "tls_client_auth", "", "", nameof(SecretNeed.None) },
        { "7523-03", "self_signed_tls_client_auth", "", "", nameof(SecretNeed.None) },
        { "OIDR-2-25", "client_secret_jwt", "", "", nameof(SecretNeed.Sealed) },
        { "OIDR-2-25", "client_secret_basic", "id_token_signed_response_alg", "HS512", nameof(SecretNeed.Sealed) },
        { "OIDR-2-24", "private_key_jwt", "request_object_encryption_alg", "A128KW", nameof(SecretNeed.Sealed) },
        { "OIDR-2-24", "private_key_jwt", "id_token_encrypted_response_alg", "dir", nameof(SecretNeed.Sealed) },
        { "OIDR-2-24", "tls_client_auth", "userinfo_encrypted_response_alg", "PBES2-HS256+A128KW", nameof(SecretNeed.Sealed) },
        { "OIDR-2-24", "private_key_jwt", "introspection_encrypted_response_alg", "A256GCMKW", nameof(SecretNeed.Sealed) },
        { "OIDR-2-24", "private_key_jwt", "authorization_signed_response_alg", "HS256", nameof(SecretNeed.Sealed) },
        { "OIDR-2-24", "private_key_jwt", "request_object_signing_alg", "HS256", nameof(SecretNeed.Sealed) },
        { "7523-02", "client_secret_basic", "token_endpoint_auth_signing_alg", "HS256", nameof(SecretNeed.Hashed) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Follows_method_and_algorithms(string id, string method, string member, string algorithm, string expected)
    {
        var client = new ClientMetadata { TokenEndpointAuthMethod = method };
        client = member.Length == 0 ? client : client.Stating(member, $"\"{algorithm}\"");
        Assert.Same(typeof(SecretNeed).GetProperty(expected)!.GetValue(null), SecretNeed.Of(client));
        Assert.Equal((id, expected == nameof(SecretNeed.Sealed) ? 64 : 0), (id, SecretNeed.Of(client).MinimumOctets));
    }
}
