using System.Text.Json;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.OpenBanking;

/// <summary>A bank that registers software of the directory alone, as Open Finance Brazil has it.</summary>
public sealed class Bank() : SharedServer(
    "PublicBaseUrl=https://bank.example",
    "ForwardedHeaders:TrustedProxies=127.0.0.1",
    "Registration:SoftwareStatementRequired=true",
    "Registration:AllowedScopes=openid accounts payments",
    "Registration:RefuseUnsupportedScopes=true", "Registration:DefaultScope=openid",
    "Registration:GrantTypes=authorization_code refresh_token client_credentials",
    "Registration:TokenEndpointAuthMethods=private_key_jwt tls_client_auth",
    "Registration:RedirectUriKinds=https",
    "Capabilities:TokenEndpointAuthSigningAlgs=PS256",
    "SoftwareStatements:Issuers:directory:Issuer=" + Directory,
    "SoftwareStatements:Issuers:directory:Jwks=" + SigningKey.Set(SigningKey.Rsa.Jwk()),
    "SoftwareStatements:Issuers:directory:Algorithms=PS256",
    "SoftwareStatements:Issuers:directory:RequiredClaims=software_id org_id",
    "SoftwareStatements:Issuers:directory:ClaimNames=redirect_uris=software_redirect_uris jwks_uri=software_jwks_uri "
        + "client_name=software_client_name",
    "SoftwareStatements:Issuers:directory:RedirectUris=Subset",
    "SoftwareStatements:Issuers:directory:RefusedMembers=jwks jwks_uri " + OtherSubjects,
    "SoftwareStatements:Issuers:directory:MaxAgeSeconds=300",
    "SoftwareStatements:Issuers:directory:Scopes=openid accounts",
    "SoftwareStatements:Issuers:directory:AutomaticApproval=true")
{
    public const string Directory = "https://directory.example";
    public const string Keys = "https://keystore.directory.example/software/application.jwks";
    public const string OneUri = "https://tpp.example/cb";
    public const string OtherUri = "https://tpp.example/other";

    private const string OtherSubjects =
        "tls_client_auth_san_dns tls_client_auth_san_uri tls_client_auth_san_ip tls_client_auth_san_email";

    /// <summary>What the suite's client sends with every request; the proxy has spoken TLS with it.</summary>
    public static string[] Tpp { get; } = ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: bank.example"];

    /// <summary>Behind its proxy, which sends <see cref="Tpp"/> with each call.</summary>
    public new RunningServer Server
    {
        get
        {
            foreach (var header in Tpp.Select(header => header.Split(": ")))
            {
                base.Server.Public.DefaultRequestHeaders.Remove(header[0]);
                base.Server.Public.DefaultRequestHeaders.Add(header[0], header[1]);
            }

            return base.Server;
        }
    }

    /// <param name="age">How old it is, in seconds.</param>
    public string Statement(int age = 10)
    {
        var claims = $$"""
            {"iss":"{{Directory}}","iat":{{Server.Time.GetUtcNow().ToUnixTimeSeconds() - age}},"jti":"1","org_id":"org-1",
             "software_id":"software-1",
             "software_client_name":"TPP","software_jwks_uri":"{{Keys}}","software_redirect_uris":["{{OneUri}}","{{OtherUri}}"]}
            """;
        return SigningKey.Rsa.Jwt("""{"alg":"PS256","typ":"JWT"}""", claims);
    }

    /// <summary>A registration as the suite's client sends it.</summary>
    /// <param name="statement">The software statement; <see langword="null"/> for none.</param>
    /// <param name="changes">Members in place of the usual ones or besides, as in JSON; <c>null</c> takes one out.</param>
    public static string Request(string? statement, string changes = "{}")
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>($$"""
            {"redirect_uris":["{{OneUri}}"],"grant_types":["authorization_code","client_credentials"],"response_types":["code"],
             "token_endpoint_auth_method":"tls_client_auth","tls_client_auth_subject_dn":"CN=tpp.example,O=TPP","jwks_uri":"{{Keys}}",
             "scope":"openid accounts"}
            """)!;
        foreach (var change in JsonElement.Parse(changes).EnumerateObject())
        {
            members[change.Name] = change.Value;
        }

        if (statement is not null)
        {
            members["software_statement"] = JsonSerializer.SerializeToElement(statement);
        }

        return JsonSerializer.Serialize(members.Where(m => m.Value.ValueKind != JsonValueKind.Null).ToDictionary(m => m.Key, m => m.Value));
    }
}
