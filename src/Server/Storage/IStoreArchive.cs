using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>The operations of an engine for export and import.</summary>
internal interface IStoreArchive : IRegistrationStore
{
    /// <summary>
    /// One-time uses in the order of their keys, including expired ones that were not deleted yet. Paging as in
    /// <see cref="IClientReader.ListAsync"/>; a page token is the key of the last use.
    /// </summary>
    ValueTask<Page<OneTimeUse>> ListOneTimeUsesAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Stores something as it was in another store. No audit event is added for it.</summary>
    /// <exception cref="StorageException">As in every change.</exception>
    ValueTask<ImportOutcome> ImportAsync(ArchivedItem item, CancellationToken cancellationToken);
}

/// <summary>How an import of one item ended.</summary>
internal enum ImportOutcome
{
    Imported,

    /// <summary>An equal item is already stored; for an audit event, one with its sequence.</summary>
    AlreadyImported,

    /// <summary>Something else is stored under its identifier; nothing changed.</summary>
    Conflict,

    /// <summary>The preceding audit event is missing; nothing changed.</summary>
    OutOfOrder,
}

/// <summary>An item of a store that is exported or imported.</summary>
internal abstract record ArchivedItem;

internal sealed record ArchivedAuditEvent(AuditEvent Value) : ArchivedItem;

internal sealed record ArchivedClient(RegisteredClient Value) : ArchivedItem;

internal sealed record ArchivedInitialAccessToken(InitialAccessToken Value) : ArchivedItem;

internal sealed record ArchivedOneTimeUse(OneTimeUse Value) : ArchivedItem;

internal sealed record ArchivedRegistrationStatus(RegistrationStatus Value) : ArchivedItem;
