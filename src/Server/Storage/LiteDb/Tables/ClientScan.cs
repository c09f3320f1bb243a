using GrpcDcr.Server.Model;
using LiteDB;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>Finds clients that may match: by the index of states, by what runs are found by, or one after the other.</summary>
/// <param name="runs">The runs.</param>
/// <param name="searches">What their clients are found by.</param>
/// <param name="query">What is asked.</param>
/// <param name="start">The identifier of the first run of the range.</param>
internal sealed class ClientScan(StoreCollection runs, StoreCollection searches, ClientQuery query, Guid start)
{
    /// <summary>Documents of a search that are read while nobody else can use LiteDB.</summary>
    private const int MaxSearched = 250;

    private readonly int _order = query.Order == ListOrder.OldestFirst ? LiteDB.Query.Ascending : LiteDB.Query.Descending;

    public ClientCandidates Find() =>
        query.Tags.Count > 0 || query.Name is not null ? FindByTags()
        : query.States is { } states ? ToCandidates(Sorted(states.SelectMany(InState), client => client.Id).Take(query.Limit))
        : ToCandidates(Collect(InRange(), StoreCollection.Id, _ => true));

    private ClientCandidates FindByTags()
    {
        var found = searches.Query(MaxSearched, InRange(), StoreCollection.Id, _order).ConvertAll(ClientSearch.Of);
        var clients = new List<RegisteredClient>();
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].MayMatch(query))
            {
                clients.AddRange(RunOf(found[i].Id).Where(entry => ClientSearch.MayMatch(entry.Search, query)).Select(Decode));
            }

            if (clients.Count >= query.Limit)
            {
                return new ClientCandidates(clients, i + 1 + clients.Count, EndOf(found[i]));
            }
        }

        return new ClientCandidates(
            clients, found.Count + clients.Count, found.Count < MaxSearched ? null : EndOf(found[^1]));
    }

    /// <summary>The last identifier of a run, in the order of the query.</summary>
    private UInt128 EndOf(ClientSearch run) =>
        ClientIdRange.NumberOf(query.Order == ListOrder.OldestFirst ? run.HighestId : run.Id);

    private IEnumerable<RegisteredClient> InState(byte state) => Collect(
        BsonExpression.Create(
            "s[*] ANY BETWEEN @0 AND @1", ClientRun.StateKey(state, start), ClientRun.StateKey(state, query.Range.LastId)),
        ClientRun.StateIndex,
        entry => entry.State == state);

    private BsonExpression InRange() => BsonExpression.Create("_id BETWEEN @0 AND @1", start, query.Range.LastId);

    private IEnumerable<ClientEntry> RunOf(Guid id) =>
        runs.Find(id) is { } found ? InOrder(ClientRun.Of(found)) : [];

    /// <summary>The clients of a run that are in the range.</summary>
    private IEnumerable<ClientEntry> InOrder(ClientRun run) =>
        Sorted(run.Entries.Where(entry => query.Range.Contains(entry.Id)), entry => entry.Id);

    private IEnumerable<T> Sorted<T>(IEnumerable<T> all, Func<T, ClientId> id) =>
        query.Order == ListOrder.OldestFirst ? all.OrderBy(id) : all.OrderByDescending(id);

    private List<RegisteredClient> Collect(BsonExpression where, string orderBy, Func<ClientEntry, bool> wanted)
    {
        var clients = new List<RegisteredClient>();
        runs.Read(
            where,
            orderBy,
            document =>
            {
                clients.AddRange(InOrder(ClientRun.Of(document)).Where(wanted).Take(query.Limit - clients.Count).Select(Decode));
                return clients.Count < query.Limit;
            },
            order: _order);
        return clients;
    }

    private ClientCandidates ToCandidates(IEnumerable<RegisteredClient> found)
    {
        var clients = found.ToList();
        return new ClientCandidates(
            clients, clients.Count, clients.Count < query.Limit ? null : ClientIdRange.NumberOf(clients[^1].Id));
    }

    private static RegisteredClient Decode(ClientEntry entry) => entry.Decode().Value;
}
