using System.Text.Json;
using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A client to and from the bytes that an engine stores.</summary>
internal static class ClientRecord
{
    public static byte[] Encode(RegisteredClient client)
    {
        using var record = new RecordWriter();
        record.Identifier(StoredClient.ClientIdFieldNumber, client.Id.Value);
        record.Number(StoredClient.VersionFieldNumber, client.Version);
        record.Number(StoredClient.StateFieldNumber, (long)client.State);
        record.Text(StoredClient.StateReasonFieldNumber, client.StateReason);
        record.Message(StoredClient.MetadataFieldNumber, client.Metadata, MetadataRecord.Write);
        record.Message(StoredClient.PendingUpdateFieldNumber, client.PendingUpdate, WritePending);
        record.Number(StoredClient.IssuedAtFieldNumber, client.IssuedAt.ToUnixTimeMilliseconds());
        record.Number(StoredClient.UpdatedAtFieldNumber, client.UpdatedAt.ToUnixTimeMilliseconds());
        record.Text(StoredClient.AdmittedByFieldNumber, client.AdmittedBy);
        record.Text(StoredClient.SourceAddressFieldNumber, client.SourceAddress);
        record.Identifier(StoredClient.InitialAccessTokenIdFieldNumber, client.InitialAccessTokenId?.Value);
        record.Text(StoredClient.SoftwareStatementIssuerFieldNumber, client.SoftwareStatementIssuer);
        record.Message(StoredClient.ConstraintsFieldNumber, client.Constraints, ConstraintsRecord.Write);
        SecretRecord.Write(record, client.Secret);
        SecretRecord.Write(record, client.RegistrationAccessToken);
        record.Number(StoredClient.RevisionFieldNumber, client.Revision);
        record.Text(StoredClient.PublicReasonFieldNumber, client.PublicReason);
        record.Number(StoredClient.SuspendedFromFieldNumber, (long?)client.SuspendedFrom);
        record.Messages(StoredClient.ApprovalsFieldNumber, client.Approvals, ActorRecord.Write);
        record.Messages(StoredClient.AnnotationsFieldNumber, client.Annotations, MetadataRecord.WriteNamed);
        return record.ToArray();
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

    private static void WritePending(RecordWriter record, PendingUpdate pending)
    {
        record.Message(StoredPendingUpdate.MetadataFieldNumber, pending.Metadata, MetadataRecord.Write);
        record.Number(StoredPendingUpdate.RequestedAtFieldNumber, pending.RequestedAt.ToUnixTimeMilliseconds());
    }

    private static PendingUpdate ToModel(StoredPendingUpdate stored) =>
        new(MetadataRecord.Decode(stored.Metadata), DateTimeOffset.FromUnixTimeMilliseconds(stored.RequestedAt));

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
