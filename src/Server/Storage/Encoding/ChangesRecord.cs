using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The result of changes, to and from the bytes that the journal stores; records are in their stored form.</summary>
/// <param name="InsertedClients">Clients that are new.</param>
/// <param name="UpdatedClients">Clients that existed before and are changed.</param>
/// <param name="DeletedClients">Identifiers of clients that are removed.</param>
/// <param name="InsertedInitialAccessTokens">Initial access tokens that are new.</param>
/// <param name="UpdatedInitialAccessTokens">Initial access tokens that are changed.</param>
/// <param name="OneTimeUses">Software statements and requests that were used.</param>
/// <param name="RegistrationStatus">The registration status; <see langword="null"/> when it was not set.</param>
/// <param name="AuditEvents">The audit events, in order.</param>
internal sealed record ChangesRecord(
    IEnumerable<byte[]> InsertedClients,
    IEnumerable<byte[]> UpdatedClients,
    IEnumerable<ClientId> DeletedClients,
    IEnumerable<byte[]> InsertedInitialAccessTokens,
    IEnumerable<byte[]> UpdatedInitialAccessTokens,
    IReadOnlyCollection<OneTimeUse> OneTimeUses,
    byte[]? RegistrationStatus,
    IEnumerable<byte[]> AuditEvents)
{
    public void Write(RecordWriter record)
    {
        Write(record, StoredChanges.InsertedClientsFieldNumber, InsertedClients);
        Write(record, StoredChanges.UpdatedClientsFieldNumber, UpdatedClients);
        foreach (var id in DeletedClients)
        {
            record.Identifier(StoredChanges.DeletedClientsFieldNumber, id.Value);
        }

        Write(record, StoredChanges.InsertedInitialAccessTokensFieldNumber, InsertedInitialAccessTokens);
        Write(record, StoredChanges.UpdatedInitialAccessTokensFieldNumber, UpdatedInitialAccessTokens);
        record.Messages(StoredChanges.OneTimeUsesFieldNumber, OneTimeUses, Write);
        if (RegistrationStatus is { } status)
        {
            record.Bytes(StoredChanges.RegistrationStatusFieldNumber, status.AsSpan());
        }

        Write(record, StoredChanges.AuditEventsFieldNumber, AuditEvents);
    }

    /// <exception cref="StorageException">The bytes are not changes (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static ChangesRecord Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var stored = StoredChanges.Parser.ParseFrom(bytes);
            return new ChangesRecord(
                stored.InsertedClients.Select(ToBytes),
                stored.UpdatedClients.Select(ToBytes),
                [.. stored.DeletedClients.Select(id => ClientId.FromBytes(id.Span))],
                stored.InsertedInitialAccessTokens.Select(ToBytes),
                stored.UpdatedInitialAccessTokens.Select(ToBytes),
                [.. stored.OneTimeUses.Select(ToUse)],
                stored.HasRegistrationStatus ? ToBytes(stored.RegistrationStatus) : null,
                stored.AuditEvents.Select(ToBytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new StorageException(StorageFailure.Corrupt, "Stored changes cannot be read.", e);
        }
    }

    private static byte[] ToBytes(ByteString stored) => stored.ToByteArray();

    private static void Write(RecordWriter record, int field, IEnumerable<byte[]> records)
    {
        foreach (var each in records)
        {
            record.Bytes(field, each.AsSpan());
        }
    }

    private static void Write(RecordWriter record, OneTimeUse use)
    {
        record.Bytes(StoredOneTimeUse.KeyFieldNumber, use.Key.Bytes);
        record.Number(StoredOneTimeUse.ExpiresAtFieldNumber, use.Until.ToUnixTimeMilliseconds());
        record.Identifier(StoredOneTimeUse.ResultFieldNumber, use.Result);
    }

    private static OneTimeUse ToUse(StoredOneTimeUse stored) => new(
        SecretHash.FromBytes(stored.Key.Span),
        DateTimeOffset.FromUnixTimeMilliseconds(stored.ExpiresAt),
        stored.HasResult ? new Guid(stored.Result.Span, bigEndian: true) : null);
}
