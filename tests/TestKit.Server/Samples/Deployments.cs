using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.TestKit.Samples;

/// <summary>The settings of the deployments that tables of rules are about, by the names they have there.</summary>
internal static class Deployments
{
    private const string Grants =
        "authorization_code refresh_token client_credentials implicit urn:ietf:params:oauth:grant-type:device_code "
        + "urn:ietf:params:oauth:grant-type:jwt-bearer urn:ietf:params:oauth:grant-type:saml2-bearer "
        + "urn:ietf:params:oauth:grant-type:token-exchange urn:openid:params:grant-type:ciba";

    private const string Responses = "code, token, id_token, id_token token, code id_token, code token, code id_token token";

    private const string Methods = "client_secret_basic client_secret_post none client_secret_jwt private_key_jwt tls_client_auth "
        + "self_signed_tls_client_auth";

    private static readonly string[] AllGrants = ["Registration:GrantTypes=" + Grants, "Registration:ResponseTypes=" + Responses];

    /// <summary>Beside an authorization server that has everything.</summary>
    public static string[] Full { get; } =
    [
        .. AllGrants,
        "Registration:TokenEndpointAuthMethods=" + Methods,
        "Registration:SecretSealingKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "Registration:ExtensionMembers=x_tenant",
        .. CapabilityList.All.Select(
            list => $"Capabilities:{list.Setting}={(list.Known is { } known ? string.Join(' ', known.InOrder) : "one two")}"),
        "Capabilities:BackchannelUserCode=true",
        "Capabilities:Features=" + string.Join(' ', Features.All),
    ];

    /// <param name="name">As in the tables.</param>
    public static string[] Named(string name) => name switch
    {
        "compat" => [],
        "strict" => ["Registration:Compatibility=false"],
        "wide" => [.. AllGrants, "Capabilities:BackchannelTokenDeliveryModes=poll"],
        "wide+strict" => [.. Named("wide"), .. Named("strict")],
        "strict-scopes" => ["Registration:RefuseUnsupportedScopes=true"],
        "no-default-scope" => ["Registration:DefaultScope="],
        "no-public" => ["Registration:TokenEndpointAuthMethods=client_secret_post client_secret_basic"],
        "switched" => ["Registration:AllowUnlistedPrivateUseSchemes=false", "Registration:RefuseResponseParametersInRedirectUris=false"],
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
            "Registration:MaxExtensionLength=64",
        ],
        "demanding" => ["Registration:RequiredMembers=token_endpoint_auth_method initiate_login_uri"],
        "reachable" => ["Registration:RequiredMembers=client_name contacts"],
        "loopback-only" => ["Registration:RedirectUriKinds=loopback"],
        "web-only" => ["Registration:RedirectUriKinds=https"],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such deployment."),
    };
}
