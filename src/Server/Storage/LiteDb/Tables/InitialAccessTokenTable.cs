using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The initial access tokens.</summary>
internal sealed class InitialAccessTokenTable(LiteEngine engine)
{
    private readonly StoreCollection _tokens = new(engine, "initial_access_tokens");

    public void Create() => _tokens.Create();

    public EncodedRecord<InitialAccessToken>? Find(InitialAccessTokenId id)
    {
        if (_tokens.Find(id.Value) is not { } found)
        {
            return null;
        }

        var token = Read(found);
        return token.Value.Id == id ? token : throw StoreFault.Damaged("LiteDB answered with another initial access token");
    }

    /// <summary>Initial access tokens after <paramref name="after"/>, in the order of their identifiers.</summary>
    public List<InitialAccessToken> List(Guid after, int limit) => _tokens.ListAfter(after, limit).ConvertAll(d => Read(d).Value);

    public void Write(RecordChanges<InitialAccessTokenId, InitialAccessToken> changes)
    {
        _tokens.Insert(changes.Inserted.Select(ToDocument));
        _tokens.Update(changes.Updated.Select(ToDocument));
    }

    private static BsonDocument ToDocument(EncodedRecord<InitialAccessToken> token) =>
        new BsonDocument { [StoreCollection.Id] = token.Value.Id.Value }.WithRecord(token.Bytes);

    private static EncodedRecord<InitialAccessToken> Read(BsonDocument document)
    {
        var record = document.ReadRecord("A stored initial access token");
        var token = InitialAccessTokenRecord.Decode(record);
        return token.Id.Value == document[StoreCollection.Id].AsGuid
            ? new EncodedRecord<InitialAccessToken>(token, record)
            : throw StoreFault.Damaged("A stored initial access token stands in the place of another");
    }
}
