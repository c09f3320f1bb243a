using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>The documents of a data file whose log has moved into it, read and written without the store.</summary>
internal static class DataFile
{
    public static int Count(byte[] data, string collection)
    {
        using var stream = new MemoryStream();
        stream.Write(data);
        using var engine = new LiteEngine(new EngineSettings { DataStream = stream });
        return All(engine, collection).Count;
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
