using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>An entry to and from the bytes that are kept of it.</summary>
internal static class EntryRecord
{
    public static byte[] Encode(JournalEntry entry) => new ChangesRecord(
        entry.Clients.Added.Select(k => k.Record),
        entry.Clients.Changed.Select(k => k.Record),
        entry.Clients.Removed,
        entry.Tokens.Added.Select(k => k.Record),
        entry.Tokens.Changed.Select(k => k.Record),
        entry.Statements,
        entry.Switch?.Record,
        entry.Events.Select(e => e.Record)).Encode();

    /// <exception cref="StorageException">The bytes are no entry.</exception>
    public static JournalEntry Decode(long number, ReadOnlySpan<byte> bytes)
    {
        var changes = ChangesRecord.Decode(bytes);
        return new JournalEntry(
            number,
            new([.. changes.AddedClients.Select(ToClient)], [.. changes.ChangedClients.Select(ToClient)], [.. changes.RemovedClients]),
            new([.. changes.AddedTokens.Select(ToToken)], [.. changes.ChangedTokens.Select(ToToken)], []),
            [.. changes.Statements],
            changes.TurnedSwitch is { } turned ? new Kept<RegistrationSwitch>(SwitchRecord.Decode(turned), turned) : null,
            [.. changes.Events.Select(ToEvent)]);
    }

    private static Kept<RegisteredClient> ToClient(byte[] record) => new(ClientRecord.Decode(record), record);

    private static Kept<InitialAccessToken> ToToken(byte[] record) => new(InitialAccessTokenRecord.Decode(record), record);

    private static EncodedEvent ToEvent(byte[] record)
    {
        var decoded = AuditRecord.Decode(0, record);
        return new EncodedEvent(decoded.ClientId, decoded.Type, decoded.Time.ToUnixTimeMilliseconds(), record);
    }
}
