using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>The result of changes that became durable together.</summary>
/// <param name="Number">One more than that of the entry before; the first one is 1.</param>
/// <param name="Clients">Clients that were inserted, updated or deleted.</param>
/// <param name="InitialAccessTokens">Initial access tokens that were inserted or updated; none is ever deleted.</param>
/// <param name="OneTimeUses">Software statements and requests that were used.</param>
/// <param name="RegistrationStatus">The registration status; <see langword="null"/> if it was not set.</param>
/// <param name="AuditEvents">The audit events, in order.</param>
internal sealed record JournalEntry(
    long Number,
    RecordChanges<ClientId, RegisteredClient> Clients,
    RecordChanges<InitialAccessTokenId, InitialAccessToken> InitialAccessTokens,
    IReadOnlyList<OneTimeUse> OneTimeUses,
    EncodedRecord<RegistrationStatus>? RegistrationStatus,
    IReadOnlyList<EncodedAuditEvent> AuditEvents)
{
    /// <summary>Records that applying it to LiteDB writes.</summary>
    public int Size => Clients.Count + InitialAccessTokens.Count + OneTimeUses.Count + AuditEvents.Count;

    /// <summary>The size of these records.</summary>
    public long Bytes { get; } = Clients.Bytes + InitialAccessTokens.Bytes + AuditEvents.Sum(recorded => (long)recorded.Bytes.Length);

    /// <summary>The sequence of the first event about each new client, if there is one here.</summary>
    /// <param name="lastSequence">That of the last event before all of these.</param>
    /// <param name="existed">Whether a client that is inserted was there before, and removed.</param>
    public IReadOnlyDictionary<ClientId, long> FirstEvents(long lastSequence, Predicate<ClientId> existed)
    {
        var inserted = Clients.Inserted.Select(client => client.Value.Id).Where(id => !existed(id)).ToHashSet();
        var first = new Dictionary<ClientId, long>(inserted.Count);
        foreach (var recorded in AuditEvents)
        {
            lastSequence++;
            if (recorded.Subject is { } subject && inserted.Contains(subject))
            {
                first.TryAdd(subject, lastSequence);
            }
        }

        return first;
    }

    public static JournalEntry Of(long number, ChangeBatch batch) => new(
        number,
        RecordChanges<ClientId, RegisteredClient>.Of(batch.Writes.Clients),
        RecordChanges<InitialAccessTokenId, InitialAccessToken>.Of(batch.Writes.InitialAccessTokens),
        [.. batch.Writes.OneTimeUses.New],
        batch.Writes.RegistrationStatus,
        batch.Recorded.ConvertAll(change => change.Event!));

    /// <summary>One entry with the result of several that follow one another. Its number is that of the last.</summary>
    public static JournalEntry Merge(IReadOnlyList<JournalEntry> entries) => entries.Count == 1 ? entries[0] : new JournalEntry(
        entries[^1].Number,
        RecordChanges<ClientId, RegisteredClient>.Merge(entries.Select(e => e.Clients), client => client.Id),
        RecordChanges<InitialAccessTokenId, InitialAccessToken>.Merge(entries.Select(e => e.InitialAccessTokens), token => token.Id),
        [.. entries.SelectMany(e => e.OneTimeUses)],
        entries.LastOrDefault(e => e.RegistrationStatus is not null)?.RegistrationStatus,
        [.. entries.SelectMany(e => e.AuditEvents)]);
}
