using GrpcDcr.Server.Storage.LiteDb.Journal;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The collections of a store and every query on them. Only <c>ExclusiveEngine</c> may call it, under its lock.
/// </summary>
internal sealed class LiteDbTables(LiteEngine engine)
{
    private readonly StoreCollection _database = new(engine, "$database");

    public ClientTable Clients { get; } = new(engine);

    public InitialAccessTokenTable InitialAccessTokens { get; } = new(engine);

    public OneTimeUseTable OneTimeUses { get; } = new(engine);

    public RegistrationStatusTable RegistrationStatus { get; } = new(engine);

    public AuditTable Audit { get; } = new(engine);

    public ProgressTable Progress { get; } = new(engine);

    /// <summary>Creates the collections and the marker of an empty store.</summary>
    public void Create(StoreMarker marker)
    {
        Clients.Create();
        Audit.Create();
        InitialAccessTokens.Create();
        OneTimeUses.Create();
        marker.Write(engine);
    }

    /// <summary>Reads where the last process left off.</summary>
    public void Load()
    {
        Audit.Load();
        Clients.Load(Progress.ReadCounts());
    }

    /// <summary>Writes the records of an entry of the journal, and its number. To be called inside a transaction.</summary>
    public void Write(JournalEntry entry, DateTimeOffset now)
    {
        var firstEvents = entry.FirstEvents(Audit.LastSequence, Clients.Existed);
        var clients = Clients.Write(entry.Clients, firstEvents);
        InitialAccessTokens.Write(entry.InitialAccessTokens);
        OneTimeUses.Write(entry.OneTimeUses, now);
        RegistrationStatus.Write(entry.RegistrationStatus);
        Audit.Write(entry.AuditEvents, firstEvents);
        Progress.Write(entry.Number, clients);
    }

    /// <summary>The transaction that wrote the entry was committed.</summary>
    public void Advance(JournalEntry entry)
    {
        Audit.Advance(entry.AuditEvents);
        Clients.Advance();
    }

    /// <summary>The length of the log, as LiteDB counts it.</summary>
    public long LogLength() => _database.Query(1, null)[0]["logFileSize"].AsInt64;
}
