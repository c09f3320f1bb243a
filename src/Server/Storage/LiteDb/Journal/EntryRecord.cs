using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>Encodes and decodes an entry of the journal.</summary>
internal static class EntryRecord
{
    public static void Write(RecordWriter record, JournalEntry entry) => new ChangesRecord(
        entry.Clients.Inserted.Select(r => r.Bytes),
        entry.Clients.Updated.Select(r => r.Bytes),
        entry.Clients.Deleted,
        entry.InitialAccessTokens.Inserted.Select(r => r.Bytes),
        entry.InitialAccessTokens.Updated.Select(r => r.Bytes),
        entry.OneTimeUses,
        entry.RegistrationStatus?.Bytes,
        entry.AuditEvents.Select(e => e.Bytes)).Write(record);

    /// <exception cref="StorageException">The bytes are not an entry.</exception>
    public static JournalEntry Decode(long number, ReadOnlySpan<byte> bytes)
    {
        var changes = ChangesRecord.Decode(bytes);
        return new JournalEntry(
            number,
            new([.. changes.InsertedClients.Select(ToClient)], [.. changes.UpdatedClients.Select(ToClient)], [.. changes.DeletedClients]),
            new([.. changes.InsertedInitialAccessTokens.Select(ToToken)], [.. changes.UpdatedInitialAccessTokens.Select(ToToken)], []),
            [.. changes.OneTimeUses],
            changes.RegistrationStatus is { } status
                ? new EncodedRecord<RegistrationStatus>(RegistrationStatusRecord.Decode(status), status)
                : null,
            [.. changes.AuditEvents.Select(ToEvent)]);
    }

    private static EncodedRecord<RegisteredClient> ToClient(byte[] record) => new(ClientRecord.Decode(record), record);

    private static EncodedRecord<InitialAccessToken> ToToken(byte[] record) => new(InitialAccessTokenRecord.Decode(record), record);

    private static EncodedAuditEvent ToEvent(byte[] record)
    {
        var decoded = AuditRecord.Decode(0, record);
        return new EncodedAuditEvent(decoded.ClientId, decoded.Type, decoded.Time.ToUnixTimeMilliseconds(), record);
    }
}
