using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>What export and import need of an engine besides what the service needs.</summary>
internal interface IStoreArchive : IRegistrationStore
{
    /// <summary>
    /// Uses of what has one use in the order of their keys, those that expired and were not deleted yet too. Paging as in
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

    /// <summary>The very same is stored already; for an audit event, one of its sequence.</summary>
    AlreadyImported,

    /// <summary>Something else is stored under its identifier; nothing changed.</summary>
    Conflict,

    /// <summary>The audit event before it is missing; nothing changed.</summary>
    OutOfOrder,
}

/// <summary>One thing that a store holds, on its way to another store.</summary>
internal abstract record ArchivedItem;

internal sealed record ArchivedAuditEvent(AuditEvent Value) : ArchivedItem;

internal sealed record ArchivedClient(RegisteredClient Value) : ArchivedItem;

internal sealed record ArchivedInitialAccessToken(InitialAccessToken Value) : ArchivedItem;

internal sealed record ArchivedOneTimeUse(OneTimeUse Value) : ArchivedItem;

internal sealed record ArchivedRegistrationStatus(RegistrationStatus Value) : ArchivedItem;
