using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What stands in a data file whose log has moved into it, read and written without the store.</summary>
/// <param name="Version">The layout that it says it has.</param>
/// <param name="Collections">The collections that it has.</param>
/// <param name="Statements">How many used statements it remembers.</param>
internal sealed record DataFile(int Version, List<string> Collections, int Statements)
{
    public static DataFile Of(byte[] data)
    {
        using var stream = new MemoryStream();
        stream.Write(data);
        using var engine = new LiteEngine(new EngineSettings { DataStream = stream });
        return new DataFile(
            All(engine, "meta").First(d => d["_id"] == 1)["schema_version"].AsInt32,
            [.. engine.GetCollectionNames()],
            All(engine, "uses").Count);
    }

    public static byte[] Rewritten(byte[] data, Action<LiteEngine> change)
    {
        using var stream = new MemoryStream();
        stream.Write(data);
        using (var engine = new LiteEngine(new EngineSettings { DataStream = stream }))
        {
            change(engine);
            engine.Checkpoint();
        }

        return stream.ToArray();
    }

    public static List<BsonDocument> All(LiteEngine engine, string collection)
    {
        var found = new List<BsonDocument>();
        using var reader = engine.Query(collection, new Query());
        while (reader.Read())
        {
            found.Add(reader.Current.AsDocument);
        }

        return found;
    }
}
