using GrpcDcr.Server.Storage.Changes;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The collections of a store and all that is ever asked of them. Only <see cref="LiteDbOwner"/> may call it, under its lock.
/// </summary>
internal sealed class LiteDbTables(LiteEngine engine)
{
    private readonly StoreCollection database = new(engine, "$database");

    public ClientTable Clients { get; } = new(engine);

    public TokenTable Tokens { get; } = new(engine);

    public StatementTable Statements { get; } = new(engine);

    public SwitchTable Switch { get; } = new(engine);

    public AuditTable Audit { get; } = new(engine);

    /// <summary>Makes the collections that are not there yet, and the marker that says so.</summary>
    public void Create(StoreMarker marker)
    {
        Clients.Create();
        Audit.Create();
        Tokens.Create();
        Statements.Create();
        marker.Write(engine);
    }

    /// <summary>Finds where the last process left off.</summary>
    public void Load()
    {
        Audit.Load();
        Clients.Load();
    }

    /// <summary>Writes what a batch changes, and its audit events. Inside a transaction.</summary>
    public void Write(Batch batch, DateTimeOffset now)
    {
        Clients.Write(batch.Draft.Clients);
        Tokens.Write(batch.Draft.Tokens);
        Statements.Write(batch.Draft.Statements.New, now);
        Switch.Write(batch.Draft.Switch);
        Audit.Write(batch.Recorded);
    }

    /// <summary>The batch is committed: the next one goes on from here.</summary>
    public void Advance(Batch batch)
    {
        Clients.Advance(batch.Draft.Clients);
        Audit.Advance(batch.Recorded);
    }

    /// <summary>How long LiteDB believes its log to be.</summary>
    public long LogLength() => database.Ask(1, null)[0]["logFileSize"].AsInt64;
}
