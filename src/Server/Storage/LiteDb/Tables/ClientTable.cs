using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The registered clients, in runs: a document has clients whose identifiers follow one another, because an index entry costs more than a
/// client. A client belongs to the last run whose identifier is not above its own.
/// </summary>
internal sealed class ClientTable(LiteEngine engine)
{
    private readonly StoreCollection _runs = new(engine, "clients");

    public void Create() => _runs.EnsureIndex("state", ClientRun.StateIndex);

    /// <summary>The highest identifier of all; <see langword="null"/> without a client.</summary>
    public ClientId? Highest() => _runs.Last() is { } last ? ClientRun.HighestIn(last) : null;

    public EncodedRecord<RegisteredClient>? Find(ClientId id) => RunWith(id)?.Find(id)?.Decode();

    /// <summary>Clients after <paramref name="after"/>, in the order of their identifiers.</summary>
    public List<RegisteredClient> List(ClientFilter filter, Guid after, int limit)
    {
        var start = RunWith(new ClientId(after))?.Id ?? after;
        return ListedState.Of(filter) is { } states
            ? [.. states.SelectMany(state => List(state, start, after, limit)).OrderBy(client => client.Id).Take(limit)]
            : Collect(BsonExpression.Create("_id >= @0", start), StoreCollection.Id, limit, entry => entry.Id.Value > after);
    }

    public void Write(RecordChanges<ClientId, RegisteredClient> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var highest = Highest();
        (ClientId Id, ClientEntry? Now)[] all =
        [
            .. changes.Written.Select(record => (record.Value.Id, (ClientEntry?)ClientEntry.Of(record)))
                .Concat(changes.Deleted.Select(id => (Id: id, (ClientEntry?)null)))
                .OrderBy(change => change.Id),
        ];
        Change(all.Where(change => change.Id <= highest));
        var appended = all.Where(change => !(change.Id <= highest)).Select(change => change.Now).OfType<ClientEntry>();
        _runs.Insert(RunSize.Split(appended, entry => entry.Record.Length).Select(run => ClientRun.ToDocument(run[0].Id.Value, run)));
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

            run = run.With(id, now);
        }

        Save(run);
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
            return;
        }

        var parts = RunSize.Split(run.Entries, entry => entry.Record.Length).ToList();
        _runs.Upsert(ClientRun.ToDocument(run.Id, parts[0]));
        _runs.Insert(parts.Skip(1).Select(part => ClientRun.ToDocument(part[0].Id.Value, part)));
    }

    /// <summary>The run that a client of this identifier belongs to; <see langword="null"/> if it would be before all runs.</summary>
    private ClientRun? RunWith(ClientId id) => _runs.LastUpTo(id.Value) is { } found ? ClientRun.Of(found) : null;

    private List<RegisteredClient> List(byte state, Guid start, Guid after, int limit) => Collect(
        BsonExpression.Create(
            "s[*] ANY BETWEEN @0 AND @1", ClientRun.StateKey(state, start), ClientRun.StateKey(state, Guid.AllBitsSet)),
        orderBy: null, limit, entry => entry.State == state && entry.Id.Value > after);

    private List<RegisteredClient> Collect(BsonExpression where, string? orderBy, int limit, Func<ClientEntry, bool> wanted)
    {
        var clients = new List<RegisteredClient>();
        _runs.Read(where, orderBy, document =>
        {
            var found = ClientRun.Of(document).Entries.Where(wanted).Take(limit - clients.Count);
            clients.AddRange(found.Select(entry => entry.Decode().Value));
            return clients.Count < limit;
        });
        return clients;
    }
}
