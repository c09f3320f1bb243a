using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// Fills an empty store from an archive, and reads it back to verify that it holds the same. An interrupted import can be continued; until
/// it is finished the service does not start on that store.
/// </summary>
internal static class StoreImport
{
    /// <summary>Imported concurrently, so that they share transactions.</summary>
    private const int ItemsAtOnce = 512;

    /// <param name="store">An open store, empty or partly filled by the same archive.</param>
    /// <param name="archive">The checked archive.</param>
    /// <param name="progress">Called from time to time with the number of imported lines.</param>
    /// <param name="cancellationToken">Stops the import; the same call continues it later.</param>
    /// <exception cref="ArchiveException">The store has other content.</exception>
    public static async Task FillAsync(IStoreArchive store, Archive archive, Action<long> progress, CancellationToken cancellationToken)
    {
        if (!await BeginAsync(store, archive, cancellationToken))
        {
            return;
        }

        var final = new ArchivedRegistrationStatus(RegistrationStatus.Enabled);
        var imported = 0L;
        foreach (var items in archive.Items().Chunk(ItemsAtOnce))
        {
            final = items.OfType<ArchivedRegistrationStatus>().LastOrDefault() ?? final;
            await Task.WhenAll(items
                .Where(item => item is not ArchivedRegistrationStatus)
                .Select(item => ImportAsync(store, item, cancellationToken)));
            imported += items.Length;
            progress(imported);
        }

        await VerifyAsync(store, archive, final.Value, cancellationToken);
        await store.ImportAsync(final, cancellationToken);
    }

    /// <summary>Marks the store as partly filled.</summary>
    /// <returns><see langword="false"/> if the import is already complete.</returns>
    private static async Task<bool> BeginAsync(IStoreArchive store, Archive archive, CancellationToken cancellationToken)
    {
        var status = await store.GetRegistrationStatusAsync(cancellationToken);
        if (status.ImportId == archive.Id)
        {
            return true;
        }

        if (status.ImportId is not null)
        {
            throw new ArchiveException("Another import into this store is not finished. Finish it, or start with an empty store.");
        }

        if (await HoldsAnythingAsync(store, cancellationToken))
        {
            return await TotalsAsync(store, status, cancellationToken) == archive.Totals
                ? false
                : throw new ArchiveException(
                    "The store is not empty and differs from the archive. Nothing was changed. Start with an empty store.");
        }

        var unfinished = new RegistrationStatus(Closed: true, "An import is not finished.", ImportId: archive.Id);
        await store.ImportAsync(new ArchivedRegistrationStatus(unfinished), cancellationToken);
        return true;
    }

    private static async Task<bool> HoldsAnythingAsync(IStoreArchive store, CancellationToken cancellationToken)
    {
        var one = new PageRequest(1);
        return (await store.ListAuditEventsAsync(new AuditFilter(), one, cancellationToken)).Items.Count > 0
            || (await store.ListAsync(ClientFilter.All, one, cancellationToken)).Items.Count > 0
            || (await store.ListInitialAccessTokensAsync(one, cancellationToken)).Items.Count > 0;
    }

    private static async Task ImportAsync(IStoreArchive store, ArchivedItem item, CancellationToken cancellationToken)
    {
        var outcome = await store.ImportAsync(item, cancellationToken);
        if (outcome is not (ImportOutcome.Imported or ImportOutcome.AlreadyImported))
        {
            throw new ArchiveException($"The store refuses an item of the archive ({outcome}). Start again with an empty store.");
        }
    }

    private static async Task VerifyAsync(
        IStoreArchive store, Archive archive, RegistrationStatus final, CancellationToken cancellationToken)
    {
        var found = await TotalsAsync(store, final, cancellationToken);
        if (found != archive.Totals)
        {
            throw new ArchiveException($"The store has {found}, but the archive has {archive.Totals}. Start again with an empty store.");
        }
    }

    /// <param name="store">Read from end to end.</param>
    /// <param name="status">Counts in place of the stored registration status.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    private static async Task<ArchiveTotals> TotalsAsync(
        IStoreArchive store, RegistrationStatus status, CancellationToken cancellationToken)
    {
        using var sum = new ArchiveSum();
        await foreach (var item in store.ReadAllAsync(cancellationToken))
        {
            if (item is not ArchivedRegistrationStatus)
            {
                sum.Add(item);
            }
        }

        if (status != RegistrationStatus.Enabled)
        {
            sum.Add(new ArchivedRegistrationStatus(status));
        }

        return sum.Total();
    }
}
