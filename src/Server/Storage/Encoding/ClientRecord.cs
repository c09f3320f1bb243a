using System.Text.Json;
using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A client to and from the bytes that an engine stores.</summary>
internal static class ClientRecord
{
    public static byte[] Encode(RegisteredClient client)
    {
        var stored = new StoredClient
        {
            ClientId = ByteString.CopyFrom(client.Id.ToBytes()),
            Version = client.Version,
            State = (int)client.State,
            Metadata = MetadataRecord.Encode(client.Metadata),
            IssuedAt = client.IssuedAt.ToUnixTimeMilliseconds(),
            UpdatedAt = client.UpdatedAt.ToUnixTimeMilliseconds(),
            AdmittedBy = client.AdmittedBy,
            PendingUpdate = client.PendingUpdate is { } pending ? ToStored(pending) : null,
            Revision = client.Revision,
            Approvals = { client.Approvals.Select(ActorRecord.ToStored) },
            Annotations = { client.Annotations.Select(pair => new StoredNamedValue { Name = pair.Key, Value = pair.Value }) },
        };
        if (client.StateReason is { } reason)
        {
            stored.StateReason = reason;
        }

        if (client.PublicReason is { } publicReason)
        {
            stored.PublicReason = publicReason;
        }

        if (client.SuspendedFrom is { } before)
        {
            stored.SuspendedFrom = (int)before;
        }

        if (client.SourceAddress is { } address)
        {
            stored.SourceAddress = address;
        }

        WriteCredentials(client, stored);
        WriteAdmission(client, stored);
        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are not a client (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static RegisteredClient Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ToModel(StoredClient.Parser.ParseFrom(bytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or JsonException)
        {
            throw new StorageException(StorageFailure.Corrupt, "A stored client cannot be read.", e);
        }
    }

    private static StoredPendingUpdate ToStored(PendingUpdate pending) =>
        new() { Metadata = MetadataRecord.Encode(pending.Metadata), RequestedAt = pending.RequestedAt.ToUnixTimeMilliseconds() };

    private static PendingUpdate ToModel(StoredPendingUpdate stored) =>
        new(MetadataRecord.Decode(stored.Metadata), DateTimeOffset.FromUnixTimeMilliseconds(stored.RequestedAt));

    private static void WriteCredentials(RegisteredClient client, StoredClient stored)
    {
        if (client.Secret is { } secret)
        {
            SecretRecord.Write(secret, stored);
        }

        if (client.RegistrationAccessToken is { } token)
        {
            SecretRecord.Write(token, stored);
        }
    }

    /// <summary>How the client was admitted, and its constraints.</summary>
    private static void WriteAdmission(RegisteredClient client, StoredClient stored)
    {
        if (client.InitialAccessTokenId is { } id)
        {
            stored.InitialAccessTokenId = ByteString.CopyFrom(id.ToBytes());
        }

        if (client.Constraints is { } constraints)
        {
            stored.Constraints = ConstraintsRecord.ToStored(constraints);
        }

        if (client.SoftwareStatementIssuer is { } issuer)
        {
            stored.SoftwareStatementIssuer = issuer;
        }
    }

    private static ClientState StateOf(int stored) => Enum.IsDefined((ClientState)stored)
        ? (ClientState)stored
        : throw new ArgumentException($"{stored} is no client state.");

    private static RegisteredClient ToModel(StoredClient stored) => new()
    {
        Id = Model.ClientId.FromBytes(stored.ClientId.Span),
        Version = stored.Version,
        State = StateOf(stored.State),
        SuspendedFrom = stored.HasSuspendedFrom ? StateOf(stored.SuspendedFrom) : null,
        StateReason = stored.HasStateReason ? stored.StateReason : null,
        Metadata = MetadataRecord.Decode(stored.HasMetadata ? stored.Metadata : throw new ArgumentException("A client has metadata.")),
        PendingUpdate = stored.PendingUpdate is { } pending ? ToModel(pending) : null,
        Revision = stored.Revision,
        Approvals = stored.Approvals.Count == 0 ? [] : [.. stored.Approvals.Select(ActorRecord.ToModel)],
        Annotations = stored.Annotations.Count == 0
            ? ClientAnnotations.None
            : ClientAnnotations.Of(stored.Annotations.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
        PublicReason = stored.HasPublicReason ? stored.PublicReason : null,
        Secret = SecretRecord.SecretOf(stored),
        RegistrationAccessToken = SecretRecord.RegistrationAccessTokenOf(stored),
        IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(stored.IssuedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(stored.UpdatedAt),
        AdmittedBy = stored.AdmittedBy,
        InitialAccessTokenId = stored.HasInitialAccessTokenId ? InitialAccessTokenId.FromBytes(stored.InitialAccessTokenId.Span) : null,
        Constraints = stored.Constraints is { } constraints ? ConstraintsRecord.ToModel(constraints) : null,
        SoftwareStatementIssuer = stored.HasSoftwareStatementIssuer ? stored.SoftwareStatementIssuer : null,
        SourceAddress = stored.HasSourceAddress ? stored.SourceAddress : null,
    };
}
