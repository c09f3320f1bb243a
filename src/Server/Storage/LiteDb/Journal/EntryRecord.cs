using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>An entry to and from the bytes that are kept of it.</summary>
internal static class EntryRecord
{
    public static byte[] Encode(JournalEntry entry) => new ChangesRecord(
        entry.Clients.Added.Select(k => k.Bytes),
        entry.Clients.Changed.Select(k => k.Bytes),
        entry.Clients.Removed,
        entry.Tokens.Added.Select(k => k.Bytes),
        entry.Tokens.Changed.Select(k => k.Bytes),
        entry.Statements,
        entry.Switch?.Bytes,
        entry.Events.Select(e => e.Bytes)).Encode();

    /// <exception cref="StorageException">The bytes are no entry.</exception>
    public static JournalEntry Decode(long number, ReadOnlySpan<byte> bytes)
    {
        var changes = ChangesRecord.Decode(bytes);
        return new JournalEntry(
            number,
            new([.. changes.AddedClients.Select(ToClient)], [.. changes.ChangedClients.Select(ToClient)], [.. changes.RemovedClients]),
            new([.. changes.AddedTokens.Select(ToToken)], [.. changes.ChangedTokens.Select(ToToken)], []),
            [.. changes.Statements],
            changes.TurnedSwitch is { } turned ? new EncodedRecord<RegistrationStatus>(RegistrationStatusRecord.Decode(turned), turned) : null,
            [.. changes.Events.Select(ToEvent)]);
    }

    private static EncodedRecord<RegisteredClient> ToClient(byte[] record) => new(ClientRecord.Decode(record), record);

    private static EncodedRecord<InitialAccessToken> ToToken(byte[] record) => new(InitialAccessTokenRecord.Decode(record), record);

    private static EncodedAuditEvent ToEvent(byte[] record)
    {
        var decoded = AuditRecord.Decode(0, record);
        return new EncodedAuditEvent(decoded.ClientId, decoded.Type, decoded.Time.ToUnixTimeMilliseconds(), record);
    }
}
