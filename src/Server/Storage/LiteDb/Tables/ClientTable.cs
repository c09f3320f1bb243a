using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The registered clients, in runs: a document has clients whose identifiers follow one another, because an index entry costs more than a
/// client. A client belongs to the last run whose identifier is not above its own. Beside each run is a document by which its clients are
/// found.
/// </summary>
internal sealed class ClientTable(LiteEngine engine)
{
    private const string FirstEvent = "e";

    private readonly StoreCollection _runs = new(engine, "clients");
    private readonly StoreCollection _searches = new(engine, "client_searches");
    private readonly StoreCollection _removed = new(engine, "removed_clients");
    private ClientCounter _written = ClientCounter.None;
    private Guid _highestRemoved;

    /// <summary>How many clients there are, as the last committed transaction left them.</summary>
    public ClientCounter Counts { get; private set; } = ClientCounter.None;

    public void Create()
    {
        _runs.EnsureIndex("state", ClientRun.StateIndex);
        _searches.Create();
        _removed.Create();
    }

    /// <summary>The highest identifier of all; <see langword="null"/> without a client.</summary>
    public ClientId? Highest() => _runs.Last() is { } last ? ClientRun.HighestIn(last) : null;

    public EncodedRecord<RegisteredClient>? Find(ClientId id) => RunWith(id)?.Find(id)?.Decode();

    /// <summary>The sequence of the first event about a client or a removed one; 0 if the index of the audit log has all of them.</summary>
    public long FirstEventOf(ClientId id) => RunWith(id)?.Find(id)?.FirstEvent is > 0 and var sequence
        ? sequence
        : _removed.Find(id.Value)?[FirstEvent].AsInt64 ?? 0;

    /// <summary>Whether a client of this identifier was removed. New identifiers are mostly above all of these.</summary>
    public bool Existed(ClientId id) => id.Value <= _highestRemoved && _removed.Find(id.Value) is not null;

    /// <summary>Clients that may match.</summary>
    public ClientCandidates Find(ClientQuery query) => new ClientScan(_runs, _searches, query, StartOf(query.Range)).Find();

    /// <param name="counts">How many clients there are, which is stored with the <see cref="ProgressTable"/>.</param>
    public void Load(ClientCounter counts)
    {
        Counts = counts;
        _highestRemoved = _removed.Last()?[StoreCollection.Id].AsGuid ?? Guid.Empty;
    }

    /// <summary>The transaction that wrote the last changes was committed.</summary>
    public void Advance() => Counts = _written;

    /// <param name="changes">In any order.</param>
    /// <param name="firstEvents">The sequence of the first event about each new client.</param>
    /// <returns>How many clients there are then.</returns>
    public ClientCounter Write(RecordChanges<ClientId, RegisteredClient> changes, IReadOnlyDictionary<ClientId, long> firstEvents)
    {
        _written = Counts;
        if (changes.Count == 0)
        {
            return _written;
        }

        var highest = Highest();
        (ClientId Id, ClientEntry? Now)[] all =
        [
            .. changes.Written.Select(record => (
                    record.Value.Id, (ClientEntry?)ClientEntry.Of(record, firstEvents.GetValueOrDefault(record.Value.Id))))
                .Concat(changes.Deleted.Select(id => (Id: id, (ClientEntry?)null)))
                .OrderBy(change => change.Id),
        ];
        Change(all.Where(change => change.Id <= highest));
        var appended = all.Where(change => !(change.Id <= highest)).Select(change => change.Now).OfType<ClientEntry>().ToList();
        _written = _written.With(appended.Select(entry => entry.State));
        Insert(RunSize.Split(appended, entry => entry.Record.Length));
        return _written;
    }

    /// <summary>Changes existing runs.</summary>
    private void Change(IEnumerable<(ClientId Id, ClientEntry? Now)> changes)
    {
        ClientRun? run = null;
        foreach (var (id, now) in changes)
        {
            if (run?.Covers(id) != true)
            {
                Save(run);
                run = RunWith(id) ?? new ClientRun(id.Value, []);
            }

            var before = run.Find(id);
            _written = _written.With(before?.State, now?.State);
            run = run.With(id, before is null || now is null ? now : now with { FirstEvent = before.FirstEvent });
            if (now is null && before is not null)
            {
                Remember(before);
            }
        }

        Save(run);
    }

    /// <summary>The first event about a removed client is found without its entry.</summary>
    private void Remember(ClientEntry removed)
    {
        if (removed.FirstEvent > 0)
        {
            _removed.Insert([new BsonDocument { [StoreCollection.Id] = removed.Id.Value, [FirstEvent] = removed.FirstEvent }]);
            _highestRemoved = removed.Id.Value > _highestRemoved ? removed.Id.Value : _highestRemoved;
        }
    }

    private void Save(ClientRun? run)
    {
        if (run is null)
        {
            return;
        }

        if (run.Entries.Count == 0)
        {
            _runs.Delete([run.Id]);
            _searches.Delete([run.Id]);
            return;
        }

        var parts = RunSize.Split(run.Entries, entry => entry.Record.Length).ToList();
        _runs.Upsert(ClientRun.ToDocument(run.Id, parts[0]));
        _searches.Upsert(ClientSearch.ToDocument(run.Id, parts[0]));
        Insert(parts.Skip(1));
    }

    private void Insert(IEnumerable<List<ClientEntry>> parts)
    {
        var list = parts.ToList();
        _runs.Insert(list.Select(part => ClientRun.ToDocument(part[0].Id.Value, part)));
        _searches.Insert(list.Select(part => ClientSearch.ToDocument(part[0].Id.Value, part)));
    }

    /// <summary>The run that a client of this identifier belongs to; <see langword="null"/> if it would be before all runs.</summary>
    private ClientRun? RunWith(ClientId id) => _runs.LastUpTo(id.Value) is { } found ? ClientRun.Of(found) : null;

    /// <summary>The identifier of the first run that has clients of a range.</summary>
    private Guid StartOf(ClientIdRange range) =>
        _searches.LastUpTo(range.FirstId) is { } found ? found[StoreCollection.Id].AsGuid : range.FirstId;
}
