using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>What moving a store asks of an engine besides what the service does.</summary>
internal interface IStoreArchive : IRegistrationStore
{
    /// <summary>
    /// Uses of software statements in the order of their keys, those that ended and were not forgotten yet too. Paging as in
    /// <see cref="IClientReader.ListAsync"/>; a token is the key of the last one.
    /// </summary>
    ValueTask<Page<SoftwareStatementUse>> ListSoftwareStatementUsesAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Puts something where it was in another store. No audit event tells of it.</summary>
    /// <exception cref="StorageException">As in every change.</exception>
    ValueTask<ImportOutcome> ImportAsync(ArchivedItem item, CancellationToken cancellationToken);
}

/// <summary>How placing something ended.</summary>
internal enum ImportOutcome
{
    Imported,

    /// <summary>The very same is there already; for an audit event, one of its sequence.</summary>
    IsThere,

    /// <summary>Something else is in its place; nothing changed.</summary>
    Taken,

    /// <summary>The audit event before it is missing; nothing changed.</summary>
    TooEarly,
}

/// <summary>One thing that a store keeps, on its way to another one.</summary>
internal abstract record ArchivedItem
{
    internal sealed record Event(AuditEvent Value) : ArchivedItem;

    internal sealed record Client(RegisteredClient Value) : ArchivedItem;

    internal sealed record IssuedToken(InitialAccessToken Value) : ArchivedItem;

    internal sealed record ConsumedStatement(SoftwareStatementUse Value) : ArchivedItem;

    internal sealed record Status(RegistrationStatus Value) : ArchivedItem;
}
