using GrpcDcr.Server.Model;

namespace GrpcDcr.Bench.Storage;

/// <summary>A client as a program registers it.</summary>
internal static class SampleClient
{
    private static readonly DateTimeOffset Time =
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private static readonly SecretHash Hash = SecretHash.Of("a secret");

    public static RegisteredClient New() => new()
    {
        Id = new ClientId(Guid.CreateVersion7()),
        Version = 1,
        State = ClientState.Pending,
        Metadata = new ClientMetadata
        {
            RedirectUris = ["https://client.example.org/callback", "https://client.example.org/callback2"],
            TokenEndpointAuthMethod = "client_secret_post",
            GrantTypes = ["authorization_code", "refresh_token"],
            ResponseTypes = ["code"],
            ClientName = "My Example Client",
            Scope = "openid profile email offline_access",
            Localized = new Dictionary<string, string> { ["client_name#ja-Jpan-JP"] = "クライアント名" },
        }
            .With(CoreMembers.ClientUri, "https://client.example.org/")
            .With(CoreMembers.LogoUri, "https://client.example.org/logo.png")
            .With(CoreMembers.Contacts, new[] { "ve7jtb@example.org", "mary@example.org" })
            .With(CoreMembers.PolicyUri, "https://client.example.org/policy")
            .With(CoreMembers.SoftwareId, "4NRB1-0XZABZI9E6-5SM3R")
            .With(CoreMembers.SoftwareVersion, "1.0"),
        Secret = new ClientSecret(Hash, null),
        IssuedAt = Time,
        UpdatedAt = Time,
        AdmittedBy = AdmissionNames.Open,
        SourceAddress = "192.0.2.17",
    };

    public static AuditEvent Registered(RegisteredClient client) => new()
    {
        Time = Time,
        Type = AuditEventType.ClientRegistered,
        Actor = Actor.Applicant,
        ClientId = client.Id,
        SourceAddress = client.SourceAddress,
        CorrelationId = "0HNG5V4K2V8QF:00000001",
        Detail = new AuditDetail.ClientRegistered(
            client.State, client.AdmittedBy, null, null, null, new([new("client_name", null, "\"My Example Client\"")])),
    };
}
