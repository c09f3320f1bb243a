using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>Clients and events whose every value follows from their identifier and version, so that a mixture of two shows.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_760_000_000_000);

    /// <summary>Those below are in stores that were written long ago.</summary>
    private static long _lastId = 1000;

    /// <summary>An identifier above all that were given before, shaped like a version 7 UUID.</summary>
    public static ClientId NewId() => IdOf(Interlocked.Increment(ref _lastId));

    public static ClientId IdOf(long number)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (Start.ToUnixTimeMilliseconds() << 16) + (number << 16));
        (bytes[6], bytes[8]) = (0x70, 0x80);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), (uint)number);
        return ClientId.FromBytes(bytes);
    }

    public static RegisteredClient Client(ClientId id, long version = 1, ClientState state = ClientState.Pending, string mark = "") => new()
    {
        Id = id,
        Version = version,
        State = state,
        SuspendedFrom = version > 1 ? ClientState.Rejected : null,
        Revision = version + 7,
        PublicReason = version > 1 ? $"public reason {version} of {id}" : null,
        StateReason = version > 1 ? $"reason {version} of {id}" : null,
        Metadata = Metadata(id, version, mark),
        PendingUpdate = new PendingUpdate(Metadata(id, version - 1, "pending"), Start.AddHours(version)),
        Approvals = version > 1
            ? [
                new Approval(new Actor("alice", ActorRole.Approver), Start.AddSeconds(version), $"reason {version}"),
                new Approval(
                    new Actor("bob", ActorRole.Admin, new ActorProof(AuthenticationMethod.Jwt, "https://as.example", "b")), Start, null),
            ]
            : [],
        Annotations = version > 1
            ? ClientAnnotations.Of([new("team", $"{id}"), new("class/of", $"ü {version}"), new("empty", "")])
            : ClientAnnotations.None,
        Secret = new ClientSecret(SecretHash.Of($"{id} {version}"), version % 2 == 0 ? null : Start.AddDays(version), Sealed(id, version))
        {
            Previous = new ClientSecret(SecretHash.Of($"{id} {version - 1}"), Start.AddDays(version - 1), Sealed(id, version - 1)),
        },
        RegistrationAccessToken = new RegistrationAccessToken(
            SecretHash.Of($"access {id} {version}"), SecretHash.Of($"access {id} {version - 1}"), Start.AddHours(version)),
        IssuedAt = Start,
        UpdatedAt = Start.AddMilliseconds(version),
        AdmittedBy = AdmissionNames.Open,
        InitialAccessTokenId = new InitialAccessTokenId(id.Value),
        Constraints = Constraints($"{id}"),
        SoftwareStatementIssuer = $"https://issuer.example/{id}",
        SourceAddress = "192.0.2.1",
    };

    public static RegisteredClient NewClient(ClientState state = ClientState.Pending) => Client(NewId(), state: state);

    /// <summary>The client one version on.</summary>
    public static RegisteredClient Next(this RegisteredClient client, ClientState state = ClientState.Active) =>
        Client(client.Id, client.Version + 1, state);

    /// <summary>An event about a client, which tells the version that it leads to; 0 means that the client goes.</summary>
    public static AuditEvent Event(
        ClientId? client = null, AuditEventType type = AuditEventType.ClientRegistered, long version = 1,
        DateTimeOffset? time = null) => new()
        {
            Time = time ?? Start.AddSeconds(version),
            Type = type,
            Actor = new Actor(
                $"actor of {client}", ActorRole.Approver,
                version % 2 == 0 ? new ActorProof(AuthenticationMethod.Jwt, "https://as.example", "sub") : null),
            Refusal = version % 3 == 0 ? new Refusal("STATE_FORBIDS", "It must not be.") : null,
            ClientId = client,
            ClientRevision = version,
            Reason = version > 1 ? "a reason" : null,
            PublicReason = version > 2 ? "a public reason" : null,
            SourceAddress = "2001:db8::1",
            CorrelationId = $"request {version}",
            Detail = new AuditDetail.StorageBackedUp($"{client} {version}"),
        };

    /// <summary>The event that goes with putting <paramref name="client"/> into the store.</summary>
    public static AuditEvent Event(this RegisteredClient client) => Event(
        client.Id, client.Version == 1 ? AuditEventType.ClientRegistered : AuditEventType.ClientApproved, client.Version);

    /// <summary>A client whose record is larger than <paramref name="bytes"/>.</summary>
    public static RegisteredClient Large(int bytes)
    {
        var client = NewClient();
        return client with { Metadata = client.Metadata.With(CoreMembers.ClientUri, new string('u', bytes)) };
    }

    /// <summary>A token whose every value follows from its identifier.</summary>
    public static InitialAccessToken InitialAccessToken(InitialAccessTokenId id) => new()
    {
        Id = id,
        Hash = SecretHash.Of($"token {id}"),
        Label = $"token {id} ü",
        IssuedAt = Start,
        IssuedBy = new Actor("alice", ActorRole.Admin, new ActorProof(AuthenticationMethod.Jwt, "https://as.example", "a")),
        ExpiresAt = Start.AddDays(1),
        MaxUses = 1000,
        Constraints = Constraints($"{id}"),
    };

    public static InitialAccessToken NewInitialAccessToken(int? maxUses = null) =>
        InitialAccessToken(new InitialAccessTokenId(NewId().Value)) with { MaxUses = maxUses };

    /// <summary>An event that is about no client: it tells of a token.</summary>
    public static AuditEvent Event(InitialAccessTokenId token, AuditEventType type = AuditEventType.InitialAccessTokenIssued) =>
        Event(type: type) with { Detail = new AuditDetail.OfInitialAccessToken(token, "label", Start, MaxUses: 5, Constraints("owner")) };

    /// <summary>That a statement of this name is used. It is remembered longer than any test lasts, unless its end is given.</summary>
    public static OneTimeUse SoftwareStatement(string name, DateTimeOffset? until = null) =>
        new(SecretHash.Of($"statement {name}"), until ?? Start.AddYears(100));

    /// <summary>That a call of this name made or changed something.</summary>
    public static OneTimeUse Request(string name, Guid result) => new(SecretHash.Of($"request {name}"), Start.AddYears(100), result);

    private static RegistrationConstraints Constraints(string owner) => new()
    {
        Scopes = ["read", owner],
        GrantTypes = ["authorization_code"],
        RedirectHosts = ["app.example", "*.app.example"],
        SoftwareId = $"software of {owner}",
        AutomaticApproval = true,
        Owner = owner,
    };

    private static ClientMetadata Metadata(ClientId id, long version, string mark) => new ClientMetadata
    {
        RedirectUris = [$"https://{id}.example/{version}/callback", $"https://{id}.example/{mark}"],
        TokenEndpointAuthMethod = OAuthNameOf(id),
        GrantTypes = ["authorization_code", "refresh_token"],
        ResponseTypes = ["code"],
        ClientName = $"Client {id} {mark} \u0000 ü 漢 🙂",
        Scope = "",
        Jwks = JsonElement.Parse($$"""{ "keys": [ { "kid": "{{id}}" } ] }"""),
        Localized = new Dictionary<string, string> { ["client_name#ja"] = $"{id}", ["client_name#de"] = mark },
        SoftwareStatement = $"statement of {id}",
        Extensions = new Dictionary<string, JsonElement> { ["x_tenant"] = JsonElement.Parse($"{version}") },
    }
        .With(CoreMembers.Contacts, new[] { $"owner@{id}.example" })
        .With(CoreMembers.SoftwareId, id.ToString())
        .With(CoreMembers.SoftwareVersion, $"{version}")
        .With(ExtensionMembers.DefaultMaxAge, version)
        .With(ExtensionMembers.RequestUris, new[] { $"https://{id}.example/request" });

    private static byte[] Sealed(ClientId id, long version) => SHA256.HashData([.. id.ToBytes(), (byte)version]);

    private static string OAuthNameOf(ClientId id) =>
        Convert.ToHexString(SHA256.HashData(id.ToBytes()));
}
