using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>Stored records that are damaged: an octet that says of what kind, and the record.</summary>
internal sealed class RecordTarget : IFuzzTarget
{
    private static readonly SecretHash Hash = SecretHash.FromBytes(new byte[SecretHash.Size]);
    private static readonly RegistrationConstraints Bounds =
        new() { Scopes = ["email"], RedirectHosts = [], Owner = "Owner", AutomaticApproval = true };
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly InitialAccessTokenId TokenId = InitialAccessTokenId.FromBytes(new byte[16]);

    public RecordTarget()
    {
        Seeds =
        [
            [0, .. ClientRecord.Encode(Client())],
            [1, .. InitialAccessTokenRecord.Encode(
                new InitialAccessToken
                {
                    Id = TokenId,
                    Hash = Hash,
                    IssuedAt = Time,
                    Constraints = Bounds,
                    MaxUses = 3,
                    ExpiresAt = Time,
                })],
            [2, .. AuditRecord.Encode(Event())],
            [3, .. RegistrationStatusRecord.Encode(new RegistrationStatus(Closed: true, "Reason", Time))],
        ];
        Mutation = new ByteMutation(new Vocabulary(Seeds));
    }

    public string Name => "records";

    public IReadOnlyList<byte[]> Seeds { get; }

    public IMutation Mutation { get; }

    public void Check(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        try
        {
            Check(input[0] % 4, input.AsSpan(1));
        }
        catch (StorageException damaged)
        {
            Assert.Equal(StorageFailure.Corrupt, damaged.Failure);
        }
    }

    /// <summary>What can be read is written, and read again as the same.</summary>
    private static void Check(int kind, ReadOnlySpan<byte> record)
    {
        byte[] once, again;
        switch (kind)
        {
            case 0:
                once = ClientRecord.Encode(ClientRecord.Decode(record));
                again = ClientRecord.Encode(ClientRecord.Decode(once));
                break;
            case 1:
                once = InitialAccessTokenRecord.Encode(InitialAccessTokenRecord.Decode(record));
                again = InitialAccessTokenRecord.Encode(InitialAccessTokenRecord.Decode(once));
                break;
            case 2:
                once = AuditRecord.Encode(AuditRecord.Decode(1, record));
                again = AuditRecord.Encode(AuditRecord.Decode(1, once));
                break;
            default:
                once = RegistrationStatusRecord.Encode(RegistrationStatusRecord.Decode(record));
                again = RegistrationStatusRecord.Encode(RegistrationStatusRecord.Decode(once));
                break;
        }

        Assert.Equal(once, again);
    }

    private static RegisteredClient Client() => new()
    {
        Id = ClientId.FromBytes(new byte[16]),
        Version = 2,
        State = ClientState.Pending,
        StateReason = "Reason",
        Metadata = new ClientMetadata
        {
            RedirectUris = ["https://client.example/cb"],
            ClientName = "Client",
            Jwks = System.Text.Json.JsonElement.Parse("""{"keys":[]}"""),
            Localized = new Dictionary<string, string> { ["client_name#en"] = "Client" },
            Extensions = new Dictionary<string, System.Text.Json.JsonElement> { ["x"] = System.Text.Json.JsonElement.Parse("[1]") },
        },
        PendingUpdate = new PendingUpdate(ClientMetadata.Empty, Time),
        Secret = new ClientSecret(Hash, Time, new byte[] { 1 }, new ClientSecret(Hash, Time)),
        RegistrationAccessToken = new RegistrationAccessToken(Hash, Hash, Time),
        IssuedAt = Time,
        UpdatedAt = Time,
        AdmittedBy = AdmissionNames.InitialAccessToken,
        InitialAccessTokenId = TokenId,
        Constraints = Bounds,
        SoftwareStatementIssuer = "https://issuer.example",
        SourceAddress = "192.0.2.1",
    };

    private static AuditEvent Event() => new()
    {
        Time = Time,
        Type = Enum.GetValues<AuditEventType>()[0],
        Actor = new Actor("alice", ActorRole.Approver),
        ClientId = ClientId.FromBytes(new byte[16]),
        Reason = "Reason",
        SourceAddress = "192.0.2.1",
        CorrelationId = "1",
        Detail = new AuditDetail.StorageBackedUp("monday"),
    };
}
