using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>What an update adds to an approved client, and what is effective meanwhile.</summary>
public sealed class WideningTests
{
    public static TheoryData<string, string> Ranked =>
    [
        .. AuthMethods.Supportable.Select(method => ("token_endpoint_auth_method", method)),
        .. JoseAlgorithms.SigningNames.Select(name => ("id_token_signed_response_alg", name)),
        .. JoseAlgorithms.KeyManagementNames.Select(name => ("id_token_encrypted_response_alg", name)),
        .. JoseAlgorithms.ContentEncryptionNames.Select(name => ("id_token_encrypted_response_enc", name)),
    ];

    [Theory]
    [MemberData(nameof(Ranked))]
    public void Every_method_and_algorithm_has_a_strength_and_an_unknown_one_is_not_compared(string name, string value)
    {
        var member = MetadataMembers.Find(name)!;
        Assert.Equal(value != "none", Strength.IsStronger(member, value, "none"));
        Assert.False(Strength.IsStronger(member, value, "unknown"));
        Assert.False(Strength.IsStronger(member, "unknown", value));
    }

    /// <summary>
    /// A member of another specification: approved, asked for, what is effective meanwhile (empty for absent), whether it widens.
    /// </summary>
    [Theory]
    [InlineData(
        "post_logout_redirect_uris", """["https://a.example/bye"]""", """["https://a.example/other"]""", """["https://a.example/other"]""",
        false)]
    [InlineData(
        "post_logout_redirect_uris", """["https://a.example/bye"]""", """["https://a.example/bye","https://b.example/"]""",
        """["https://a.example/bye"]""", true)]
    [InlineData("claims_redirect_uris", "", """["https://b.example/"]""", "", true)]
    [InlineData("request_uris", """["https://a.example/r#1"]""", """["https://a.example/r#2"]""", """["https://a.example/r#2"]""", false)]
    [InlineData("request_uris", """["https://a.example/r"]""", """["https://b.example/r"]""", "", true)]
    [InlineData("authorization_details_types", """["pay"]""", """["pay","read"]""", """["pay"]""", true)]
    [InlineData("authorization_details_types", """["pay","read"]""", """["pay"]""", """["pay"]""", false)]
    [InlineData("dpop_bound_access_tokens", "true", "false", "true", true)]
    [InlineData("dpop_bound_access_tokens", "false", "true", "true", false)]
    [InlineData("require_pushed_authorization_requests", "true", "", "true", true)]
    [InlineData("tls_client_certificate_bound_access_tokens", "true", "", "true", true)]
    [InlineData("require_signed_request_object", "true", "true", "true", false)]
    [InlineData("default_max_age", "60", "600", "60", true)]
    [InlineData("default_max_age", "60", "", "60", true)]
    [InlineData("default_max_age", "600", "60", "60", false)]
    [InlineData("default_max_age", "", "60", "60", false)]
    [InlineData("token_endpoint_auth_method", "\"private_key_jwt\"", "\"client_secret_jwt\"", "\"private_key_jwt\"", true)]
    [InlineData("token_endpoint_auth_method", "\"client_secret_jwt\"", "\"client_secret_basic\"", "\"client_secret_jwt\"", true)]
    [InlineData("token_endpoint_auth_method", "\"client_secret_post\"", "\"none\"", "\"client_secret_post\"", true)]
    [InlineData("token_endpoint_auth_method", "\"tls_client_auth\"", "\"private_key_jwt\"", "\"tls_client_auth\"", true)]
    [InlineData("token_endpoint_auth_method", "\"client_secret_basic\"", "\"client_secret_post\"", "\"client_secret_post\"", false)]
    [InlineData("token_endpoint_auth_method", "\"none\"", "\"client_secret_basic\"", "\"client_secret_basic\"", false)]
    [InlineData("token_endpoint_auth_method", "\"client_secret_basic\"", "\"private_key_jwt\"", "\"private_key_jwt\"", false)]
    [InlineData("id_token_signed_response_alg", "\"RS256\"", "\"none\"", "\"RS256\"", true)]
    [InlineData("id_token_signed_response_alg", "\"RS256\"", "\"HS256\"", "\"RS256\"", true)]
    [InlineData("id_token_signed_response_alg", "\"ES256\"", "\"RS256\"", "\"ES256\"", true)]
    [InlineData("id_token_signed_response_alg", "\"HS256\"", "\"RS256\"", "\"RS256\"", false)]
    [InlineData("userinfo_signed_response_alg", "", "\"RS256\"", "\"RS256\"", false)]
    [InlineData("id_token_encrypted_response_alg", "", "\"dir\"", "\"dir\"", false)]
    [InlineData("id_token_encrypted_response_alg", "\"RSA-OAEP\"", "\"dir\"", "\"RSA-OAEP\"", true)]
    [InlineData("id_token_encrypted_response_alg", "\"RSA-OAEP\"", "\"RSA1_5\"", "\"RSA-OAEP\"", true)]
    [InlineData("id_token_encrypted_response_enc", "\"A256GCM\"", "\"A128GCM\"", "\"A256GCM\"", true)]
    [InlineData("id_token_encrypted_response_enc", "", "\"A128GCM\"", "\"A128GCM\"", false)]
    [InlineData("request_object_signing_alg", "\"RS256\"", "", "\"RS256\"", true)]
    public void Checks_members_of_other_specifications(string member, string approved, string next, string inForce, bool widens)
    {
        var widening = Widening.Of(With(member, approved), With(member, next));

        Assert.Equal(widens ? [member] : [], widening.Members);
        Assert.Equal(inForce.Replace(" ", "", StringComparison.Ordinal), widening.Effective.JsonOf(member));
    }

    /// <summary>Where a URI leads for the administrator who approves it.</summary>
    [Theory]
    [InlineData("https://a.example/cb", "a.example")]
    [InlineData("https://A.example:8443/cb", "A.example")]
    [InlineData("http://127.0.0.1:3000/cb", "localhost")]
    [InlineData("http://localhost/cb", "localhost")]
    [InlineData("com.example.app:/cb", "com.example.app:")]
    [InlineData("https://a.example:x@evil.example/cb", "https://a.example:x@evil.example/cb")]
    public void Knows_where_a_redirect_uri_leads(string uri, string target) => Assert.Equal(target, new RedirectUri(uri).Target);

    /// <summary>What an administrator approves of a URI, and what is compared if paths need approval too.</summary>
    [Theory]
    [InlineData("https://a.example/cb?x", "https://a.example", "https://a.example/cb?x")]
    [InlineData("https://A.example:443/Cb", "https://a.example", "https://a.example/Cb")]
    [InlineData("https://a.example:8444/cb", "https://a.example:8444", "https://a.example:8444/cb")]
    [InlineData("https://localhost:3000/cb", "https://localhost:3000", "https://localhost:3000/cb")]
    [InlineData("http://127.0.0.1:3000/cb", "http://localhost", "http://localhost/cb")]
    [InlineData("http://localhost:3001/cb", "http://localhost", "http://localhost/cb")]
    [InlineData("cursor://anysphere.cursor/cb", "cursor://anysphere.cursor", "cursor://anysphere.cursor/cb")]
    [InlineData("cursor:///cb", "cursor://", "cursor:///cb")]
    [InlineData("com.example.app:/cb", "com.example.app:", "com.example.app:/cb")]
    [InlineData("https://a:x@evil.example/cb", "https://a:x@evil.example/cb", "https://a:x@evil.example/cb")]
    public void Knows_the_origin_of_a_redirect_uri(string uri, string origin, string path) =>
        Assert.Equal((origin, path), (new RedirectUri(uri).Origin, new RedirectUri(uri).OriginAndPath));

    /// <summary>New algorithms may use new keys: neither takes effect before the keys are approved.</summary>
    [Fact]
    public void Algorithms_wait_together_with_the_keys_that_they_come_with()
    {
        var approved = With("jwks_uri", "\"https://a.example/k\"");
        var next = With("jwks_uri", "\"https://a.example/other\"").Stating("id_token_encrypted_response_alg", "\"RSA-OAEP\"");

        var widening = Widening.Of(approved, next);

        Assert.Equal(["jwks_uri", "id_token_encrypted_response_alg"], widening.Members);
        Assert.Equal("", widening.Effective.JsonOf("id_token_encrypted_response_alg"));
    }

    private static ClientMetadata With(string member, string json)
    {
        var client = new ClientMetadata { RedirectUris = ["https://a.example/cb"] };
        return json.Length == 0 ? client : client.Stating(member, json);
    }
}
