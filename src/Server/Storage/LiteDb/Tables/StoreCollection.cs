using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>One collection of LiteDB. Results are complete lists: no reader of LiteDB stays open.</summary>
/// <remarks>Query texts are constant: LiteDB keeps every text it has seen (LiteDB issues 2421, 2807).</remarks>
internal sealed class StoreCollection(LiteEngine engine, string name)
{
    /// <summary>The identifier of a document.</summary>
    public const string Id = "_id";

    /// <summary>Creates the collection if it does not exist: LiteDB does so when told to insert nothing.</summary>
    public void Create() => engine.Insert(name, [], BsonAutoId.ObjectId);

    /// <summary>Creates the index, and the collection, if they do not exist.</summary>
    public void EnsureIndex(string index, string field) => engine.EnsureIndex(name, index, BsonExpression.Create(field), unique: false);

    public BsonDocument? Find(BsonValue id)
    {
        var found = Query(1, BsonExpression.Create("_id = @0", id));
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The document with the highest identifier.</summary>
    public BsonDocument? Last()
    {
        var found = Query(1, null, Id, LiteDB.Query.Descending);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The document with the highest identifier that is not above this one.</summary>
    public BsonDocument? LastUpTo(BsonValue id)
    {
        var found = Query(1, BsonExpression.Create("_id <= @0", id), Id, LiteDB.Query.Descending);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Documents in the order of their identifiers.</summary>
    public List<BsonDocument> ListAfter(BsonValue id, int limit) => Query(limit, BsonExpression.Create("_id > @0", id), Id);

    public List<BsonDocument> Query(int limit, BsonExpression? where, string? orderBy = null, int order = LiteDB.Query.Ascending)
    {
        var found = new List<BsonDocument>();
        Read(
            where,
            orderBy,
            document =>
            {
                found.Add(document);
                return true;
            },
            limit,
            order);
        return found;
    }

    /// <summary>Reads documents until one is enough.</summary>
    /// <param name="where">Which documents.</param>
    /// <param name="orderBy">In which order; <see langword="null"/> for that of the index that the filter uses.</param>
    /// <param name="wantsMore">Takes a document, and says whether another one is wanted.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="order">Ascending or descending.</param>
    public void Read(
        BsonExpression? where, string? orderBy, Predicate<BsonDocument> wantsMore, int limit = int.MaxValue,
        int order = LiteDB.Query.Ascending)
    {
        var query = new LiteDB.Query { Limit = limit, Order = order, OrderBy = orderBy is null ? null : BsonExpression.Create(orderBy) };
        if (where is not null)
        {
            query.Where.Add(where);
        }

        using var reader = engine.Query(name, query);
        while (reader.Read() && wantsMore(reader.Current.AsDocument))
        {
        }
    }

    public void Insert(IEnumerable<BsonDocument> documents) => WriteAny(documents, d => engine.Insert(name, d, BsonAutoId.ObjectId));

    public void Update(IEnumerable<BsonDocument> documents) => WriteAny(documents, d => engine.Update(name, d));

    public void Upsert(BsonDocument document) => engine.Upsert(name, [document], BsonAutoId.ObjectId);

    public void Delete(IEnumerable<BsonValue> ids) => WriteAny(ids, i => engine.Delete(name, i));

    /// <summary>LiteDB takes pages of a collection even when there is nothing to write.</summary>
    private static void WriteAny<T>(IEnumerable<T> all, Action<List<T>> write)
    {
        var list = all.ToList();
        if (list.Count > 0)
        {
            write(list);
        }
    }
}
