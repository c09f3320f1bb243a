using GrpcDcr.Server.Model;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The collections of a store and all that is ever asked of them. Only <see cref="LiteDbOwner"/> may call it, under its lock.
/// </summary>
/// <remarks>Query texts are constant: LiteDB keeps every text it has seen (LiteDB issues 2421, 2807).</remarks>
internal sealed class LiteDbTables(LiteEngine engine)
{
    private const string Clients = "clients";
    private const string Audit = "audit";

    /// <summary>How many new identifiers are remembered.</summary>
    private const int MaxRecent = 8192;

    private readonly HashSet<ClientId> recent = [];
    private long latestTime;
    private ClientId highest;
    private ClientId searchUpTo;

    /// <summary>The sequence of the last audit event; 0 without one.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Makes the collections of a new store.</summary>
    public static void Create(LiteEngine engine)
    {
        engine.EnsureIndex(Clients, "state", BsonExpression.Create(LiteDbDocuments.State), unique: true);
        engine.EnsureIndex(Audit, "subject", BsonExpression.Create(LiteDbDocuments.Subject), unique: false);
    }

    /// <summary>Finds where the last process left off.</summary>
    public void Load()
    {
        if (Last(Audit) is { } audit)
        {
            LastSequence = audit[LiteDbDocuments.Id].AsInt64;
            latestTime = audit[LiteDbDocuments.LatestTime].AsInt64;
        }

        if (Last(Clients) is { } client)
        {
            highest = searchUpTo = new ClientId(client[LiteDbDocuments.Id].AsGuid);
        }
    }

    /// <summary>
    /// Identifiers grow with time, but for those of one millisecond, which come in any order. So a new one is mostly above all but a
    /// few recent ones, which are remembered, and needs no search.
    /// </summary>
    public bool MayHave(ClientId id) => id <= searchUpTo || recent.Contains(id);

    /// <param name="id">Which client.</param>
    /// <param name="recordBytes">How long its record is; 0 when there is none.</param>
    public RegisteredClient? FindClient(ClientId id, out int recordBytes)
    {
        recordBytes = 0;
        var found = Ask(Clients, 1, BsonExpression.Create("_id = @0", id.Value));
        if (found.Count == 0)
        {
            return null;
        }

        var client = LiteDbDocuments.ToClient(found[0], out recordBytes);
        return client.Id == id ? client : throw StoreFault.Damaged("LiteDB answered with another client");
    }

    /// <summary>Clients behind <paramref name="after"/>, in the order of their identifiers.</summary>
    public List<RegisteredClient> ListClients(ClientState? state, Guid after, int limit)
    {
        var found = state is { } only
            ? Ask(Clients, limit, BsonExpression.Create(
                "s BETWEEN @0 AND @1", LiteDbDocuments.Behind(LiteDbDocuments.StateKey(only, after)),
                LiteDbDocuments.StateKey(only, Guid.AllBitsSet)), "s")
            : Ask(Clients, limit, BsonExpression.Create("_id > @0", after), "_id");
        return found.ConvertAll(d => LiteDbDocuments.ToClient(d, out _));
    }

    /// <summary>Audit events behind a sequence, in order.</summary>
    public List<AuditEvent> ListAudit(long after, int limit) =>
        Ask(Audit, limit, BsonExpression.Create("_id > @0", after), "_id").ConvertAll(LiteDbDocuments.ToAuditEvent);

    /// <summary>Audit events about a client behind a sequence, in order.</summary>
    public List<AuditEvent> ListAudit(ClientId subject, long after, int limit) =>
        Ask(Audit, limit, BsonExpression.Create(
            "c BETWEEN @0 AND @1", LiteDbDocuments.SubjectKey(subject, after + 1), LiteDbDocuments.SubjectKey(subject, long.MaxValue)), "c")
        .ConvertAll(LiteDbDocuments.ToAuditEvent);

    /// <summary>The sequence before the first event that may be at or after <paramref name="time"/>.</summary>
    public long SequenceBefore(DateTimeOffset time)
    {
        var sought = time.ToUnixTimeMilliseconds();
        var (earlier, later) = (0L, LastSequence + 1);
        while (later - earlier > 1)
        {
            var middle = earlier + ((later - earlier) / 2);
            var found = Ask(Audit, 1, BsonExpression.Create("_id = @0", middle));
            if (found.Count > 0 && found[0][LiteDbDocuments.LatestTime].AsInt64 < sought)
            {
                earlier = middle;
            }
            else
            {
                later = middle;
            }
        }

        return earlier;
    }

    /// <summary>Writes what a batch changes, and its audit events. Inside a transaction.</summary>
    public void Write(Batch batch)
    {
        engine.Insert(Clients, batch.Inserts.Select(c => LiteDbDocuments.Of(c.Next!, c.Record)), BsonAutoId.ObjectId);
        engine.Update(Clients, batch.Updates.Select(c => LiteDbDocuments.Of(c.Next!, c.Record)));
        engine.Delete(Clients, batch.Deletes.Select(c => new BsonValue(c.Id!.Value.Value)));
        engine.Insert(Audit, AuditOf(batch), BsonAutoId.ObjectId);
    }

    /// <summary>The batch is committed: the next one goes on from here.</summary>
    public void Advance(Batch batch)
    {
        foreach (var change in batch.Happening)
        {
            LastSequence++;
            latestTime = Math.Max(latestTime, change.AuditTime);
            if (change is { Adds: true, Id: { } id } && id > searchUpTo)
            {
                recent.Add(id);
                highest = id > highest ? id : highest;
            }
        }

        if (recent.Count > MaxRecent)
        {
            searchUpTo = highest;
            recent.Clear();
        }
    }

    /// <summary>How long LiteDB believes its log to be.</summary>
    public long LogLength() => Ask("$database", 1, null)[0]["logFileSize"].AsInt64;

    private IEnumerable<BsonDocument> AuditOf(Batch batch)
    {
        var (sequence, latest) = (LastSequence, latestTime);
        foreach (var change in batch.Happening)
        {
            latest = Math.Max(latest, change.AuditTime);
            yield return LiteDbDocuments.Of(++sequence, change.Subject, latest, change.AuditRecord);
        }
    }

    private BsonDocument? Last(string collection)
    {
        var found = Ask(collection, 1, null, "_id", Query.Descending);
        return found.Count > 0 ? found[0] : null;
    }

    private List<BsonDocument> Ask(
        string collection, int limit, BsonExpression? where, string? orderBy = null, int order = Query.Ascending)
    {
        var query = new Query { Limit = limit, Order = order, OrderBy = orderBy is null ? null : BsonExpression.Create(orderBy) };
        if (where is not null)
        {
            query.Where.Add(where);
        }

        var found = new List<BsonDocument>();
        using var reader = engine.Query(collection, query);
        while (reader.Read())
        {
            found.Add(reader.Current.AsDocument);
        }

        return found;
    }
}
