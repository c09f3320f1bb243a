using GrpcDcr.Server.Storage.LiteDb.Journal;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The collections of a store and all that is ever asked of them. Only <see cref="ExclusiveEngine"/> may call it, under its lock.
/// </summary>
internal sealed class LiteDbTables(LiteEngine engine)
{
    private readonly StoreCollection _database = new(engine, "$database");

    public ClientTable Clients { get; } = new(engine);

    public InitialAccessTokenTable InitialAccessTokens { get; } = new(engine);

    public SoftwareStatementTable SoftwareStatements { get; } = new(engine);

    public RegistrationStatusTable RegistrationStatus { get; } = new(engine);

    public AuditTable Audit { get; } = new(engine);

    public ProgressTable Progress { get; } = new(engine);

    /// <summary>Makes the collections that are not there yet, and the marker that says so.</summary>
    public void Create(StoreMarker marker)
    {
        Clients.Create();
        Audit.Create();
        InitialAccessTokens.Create();
        SoftwareStatements.Create();
        marker.Write(engine);
    }

    /// <summary>Finds where the last process left off.</summary>
    public void Load() => Audit.Load();

    /// <summary>Writes what an entry of the journal leaves behind, and that it is here now. Inside a transaction.</summary>
    public void Write(JournalEntry entry, DateTimeOffset now)
    {
        Clients.Write(entry.Clients);
        InitialAccessTokens.Write(entry.Tokens);
        SoftwareStatements.Write(entry.Statements, now);
        RegistrationStatus.Write(entry.Switch);
        Audit.Write(entry.Events);
        Progress.Write(entry.Number);
    }

    /// <summary>The entry is committed: the next one goes on from here.</summary>
    public void Advance(JournalEntry entry) => Audit.Advance(entry.Events);

    /// <summary>How long LiteDB believes its log to be.</summary>
    public long LogLength() => _database.Ask(1, null)[0]["logFileSize"].AsInt64;
}
