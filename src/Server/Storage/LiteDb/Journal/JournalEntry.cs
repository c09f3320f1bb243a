using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>What changes that became durable together leave behind.</summary>
/// <param name="Number">One more than that of the entry before; the first one is 1.</param>
/// <param name="Clients">What became of clients.</param>
/// <param name="Tokens">What became of initial access tokens; none goes.</param>
/// <param name="Statements">Software statements that had their one use.</param>
/// <param name="Switch">The switch, where it was turned; <see langword="null"/> where it was not.</param>
/// <param name="Events">The audit events, in order.</param>
internal sealed record JournalEntry(
    long Number,
    RecordChanges<ClientId, RegisteredClient> Clients,
    RecordChanges<InitialAccessTokenId, InitialAccessToken> Tokens,
    IReadOnlyList<SoftwareStatementUse> Statements,
    EncodedRecord<RegistrationStatus>? Switch,
    IReadOnlyList<EncodedAuditEvent> Events)
{
    /// <summary>How much work it is to bring it into LiteDB.</summary>
    public int Size => Clients.Count + Tokens.Count + Statements.Count + Events.Count;

    public static JournalEntry Of(long number, ChangeBatch batch) => new(
        number,
        RecordChanges<ClientId, RegisteredClient>.Of(batch.Writes.Clients),
        RecordChanges<InitialAccessTokenId, InitialAccessToken>.Of(batch.Writes.Tokens),
        [.. batch.Writes.SoftwareStatements.New],
        batch.Writes.RegistrationStatus,
        batch.Recorded.ConvertAll(change => change.Event!));

    /// <summary>What entries leave behind when they follow one another. Its number is that of the last.</summary>
    public static JournalEntry Together(IReadOnlyList<JournalEntry> entries) => entries.Count == 1 ? entries[0] : new JournalEntry(
        entries[^1].Number,
        RecordChanges<ClientId, RegisteredClient>.Together(entries.Select(e => e.Clients), client => client.Id),
        RecordChanges<InitialAccessTokenId, InitialAccessToken>.Together(entries.Select(e => e.Tokens), token => token.Id),
        [.. entries.SelectMany(e => e.Statements)],
        entries.LastOrDefault(e => e.Switch is not null)?.Switch,
        [.. entries.SelectMany(e => e.Events)]);
}
