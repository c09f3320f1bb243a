using System.Net;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Bench.Micro;

/// <summary>Documents as real clients send them, and what the service makes of them.</summary>
internal static class SampleClients
{
    public const string VsCode =
        """
        {"client_name":"Visual Studio Code","client_uri":"https://code.visualstudio.com","application_type":"native",
        "grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"],"response_types":["code"],
        "redirect_uris":["https://insiders.vscode.dev/redirect","https://vscode.dev/redirect","http://localhost","http://127.0.0.1",
        "http://localhost:33418","http://127.0.0.1:33418"],"token_endpoint_auth_method":"none"}
        """;

    public const string Claude =
        """
        {"client_name":"Claude","client_uri":"https://claude.ai","redirect_uris":["https://claude.ai/api/mcp/auth_callback",
        "https://claude.com/api/mcp/auth_callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],
        "scope":"openid profile email offline_access","token_endpoint_auth_method":"client_secret_post"}
        """;

    public const string Partner =
        """
        {"client_name":"Partner","client_name#ja":"\u30d1\u30fc\u30c8\u30ca\u30fc","client_uri":"https://partner.example",
        "logo_uri":"https://partner.example/logo.png","tos_uri":"https://partner.example/tos","policy_uri":"https://partner.example/policy",
        "contacts":["ops@partner.example","security@partner.example"],"redirect_uris":["https://partner.example/oauth/callback"],
        "software_id":"4NRB1-0XZABZI9E6-5SM3R","software_version":"2.1","scope":"openid profile",
        "jwks":{"keys":[{"kty":"EC","crv":"P-256","kid":"1","use":"sig","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}}
        """;

    /// <summary>The deployment names no members of its own.</summary>
    public static AllowedValues NoneNamed { get; } = new([], StringComparer.Ordinal);

    public static ClientMetadata MetadataOf(string document) =>
        OAuthDocumentReader.ReadRegistration(System.Text.Encoding.UTF8.GetBytes(document), NoneNamed);

    public static RegisteredClient Registered(string document) => new()
    {
        Id = new ClientId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)),
        Version = 1,
        State = ClientState.Active,
        Metadata = MetadataOf(document),
        Secret = new ClientSecret(SecretHash.Of(Secret), ExpiresAt: null),
        IssuedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        AdmittedBy = AdmissionNames.Open,
        SourceAddress = IPAddress.Loopback.ToString(),
    };

    public const string Secret = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
}
