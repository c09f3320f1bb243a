namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>Deployments that the tables of cases are judged by, by the names they have there.</summary>
internal static class Deployments
{
    private const string KeyPairs = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519 Ed448";
    private const string Signatures = "HS256 HS384 HS512 " + KeyPairs;
    private const string Encs = "A128CBC-HS256 A192CBC-HS384 A256CBC-HS512 A128GCM A192GCM A256GCM";

    private const string Algs = "RSA1_5 RSA-OAEP RSA-OAEP-256 RSA-OAEP-384 RSA-OAEP-512 ECDH-ES ECDH-ES+A128KW ECDH-ES+A192KW ECDH-ES+A256KW "
        + "A128KW A192KW A256KW dir A128GCMKW A192GCMKW A256GCMKW PBES2-HS256+A128KW PBES2-HS384+A192KW PBES2-HS512+A256KW";

    private const string Grants = "authorization_code refresh_token client_credentials implicit urn:ietf:params:oauth:grant-type:device_code "
        + "urn:ietf:params:oauth:grant-type:jwt-bearer urn:ietf:params:oauth:grant-type:saml2-bearer "
        + "urn:ietf:params:oauth:grant-type:token-exchange urn:openid:params:grant-type:ciba";

    private const string Responses = "code, token, id_token, id_token token, code id_token, code token, code id_token token";

    private const string Methods = "client_secret_basic client_secret_post none client_secret_jwt private_key_jwt tls_client_auth "
        + "self_signed_tls_client_auth";

    private const string Features = "par dpop mtls-bound-tokens mtls-endpoint-aliases signed-request-objects request-uri initiate-login auth-time "
        + "rp-initiated-logout frontchannel-logout backchannel-logout uma federation openid4vp";

    /// <summary>Beside an authorization server that has everything.</summary>
    public static string[] Full { get; } =
    [
        "Registration:GrantTypes=" + Grants, "Registration:ResponseTypes=" + Responses, "Registration:TokenEndpointAuthMethods=" + Methods,
        "Registration:SecretSealingKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "Capabilities:SubjectTypes=public pairwise",
        "Capabilities:IdTokenSigningAlgs=none " + Signatures,
        "Capabilities:UserinfoSigningAlgs=none " + Signatures,
        "Capabilities:RequestObjectSigningAlgs=none " + Signatures,
        "Capabilities:IntrospectionSigningAlgs=" + Signatures,
        "Capabilities:AuthorizationSigningAlgs=" + Signatures,
        "Capabilities:TokenEndpointAuthSigningAlgs=" + Signatures,
        .. new[] { "IdToken", "Userinfo", "RequestObject", "Introspection", "Authorization" }.SelectMany(Encryption),
        "Capabilities:AcrValues=one two", "Capabilities:AuthorizationDetailsTypes=one two", "Capabilities:ResponseModes=one two",
        "Capabilities:BackchannelTokenDeliveryModes=poll ping push",
        "Capabilities:BackchannelAuthenticationRequestSigningAlgs=" + KeyPairs,
        "Capabilities:BackchannelUserCode=true",
        "Capabilities:Features=" + Features,
    ];

    /// <param name="name">As in the tables.</param>
    public static string[] Named(string name) => name switch
    {
        "compat" => [],
        "wide" => ["Registration:GrantTypes=" + Grants, "Registration:ResponseTypes=" + Responses, "Capabilities:BackchannelTokenDeliveryModes=poll"],
        "full" => Full,
        "fapi" =>
        [
            "Registration:TokenEndpointAuthMethods=private_key_jwt tls_client_auth self_signed_tls_client_auth",
            "Capabilities:SubjectTypes=pairwise", "Capabilities:IdTokenSigningAlgs=PS256 ES256",
            "Capabilities:IdTokenEncryptionAlgs=RSA-OAEP-256", "Capabilities:IdTokenEncryptionEncs=A256GCM",
            "Capabilities:TokenEndpointAuthSigningAlgs=PS256 ES256", "Capabilities:Features=par dpop mtls-bound-tokens",
        ],
        "key-method" => ["Registration:TokenEndpointAuthMethods=client_secret_basic client_secret_post none private_key_jwt"],
        "picky" =>
        [
            "Registration:GrantTypes=authorization_code refresh_token urn:ietf:params:oauth:grant-type:device_code client_credentials",
            "Registration:DisplayUrisShareHost=true", "Registration:SeparateGrants=true",
            "Registration:RequiredMembers=client_name x_tenant", "Registration:ExtensionMembers=x_tenant x_note",
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such deployment."),
    };

    private static IEnumerable<string> Encryption(string what) =>
        [$"Capabilities:{what}EncryptionAlgs={Algs}", $"Capabilities:{what}EncryptionEncs={Encs}"];
}
