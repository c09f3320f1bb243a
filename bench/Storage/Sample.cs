using GrpcDcr.Server.Model;

namespace GrpcDcr.Bench.Storage;

/// <summary>A client as browsers and editors register them, and its event.</summary>
internal static class Sample
{
    private static readonly SecretHash Hash = SecretHash.Of("secret");

    public static RegisteredClient Client(ClientId id, DateTimeOffset now) => new()
    {
        Id = id,
        Version = 1,
        State = ClientState.Pending,
        Metadata = new ClientMetadata
        {
            RedirectUris = ["http://127.0.0.1:33418/callback", "https://vscode.dev/redirect", "http://localhost:33418/callback"],
            TokenEndpointAuthMethod = "client_secret_basic",
            GrantTypes = ["authorization_code", "refresh_token"],
            ResponseTypes = ["code"],
            ClientName = $"Editor of {id}",
            ClientUri = "https://editor.example/about",
            LogoUri = "https://editor.example/assets/logo.png",
            Scope = "openid profile email offline_access tools:read tools:write",
            Contacts = ["support@editor.example", "security@editor.example"],
            TosUri = "https://editor.example/legal/terms-of-service",
            PolicyUri = "https://editor.example/legal/privacy-policy",
            SoftwareId = "5a6b1f5e-6c2e-4d57-9a07-4f3e6d2c1b0a",
            SoftwareVersion = "1.104.2",
            ApplicationType = "native",
            Localized = new Dictionary<string, string> { ["client_name#de"] = "Bearbeiter", ["client_name#ja"] = "エディター" },
        },
        Secret = new ClientSecret(Hash, null),
        IssuedAt = now,
        UpdatedAt = now,
        AdmittedBy = AdmissionNames.Open,
        SourceAddress = "192.0.2.44",
    };

    public static AuditEvent Registered(RegisteredClient client) => new()
    {
        Time = client.IssuedAt,
        Type = AuditEventType.ClientRegistered,
        Actor = "anonymous",
        ClientId = client.Id,
        SourceAddress = client.SourceAddress,
        RequestId = "0HNG2F7H8KQ1A:00000001",
        Detail = new Dictionary<string, string> { ["admitted_by"] = client.AdmittedBy, ["client_name"] = client.Metadata.ClientName! },
    };
}
