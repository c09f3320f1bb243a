using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// Fills an empty store from an archive, and reads it back to see that it holds the same. One that was interrupted goes on where it was; until
/// it is finished the service does not start on that store.
/// </summary>
internal static class StoreImport
{
    /// <summary>Placed together, so that they share transactions.</summary>
    private const int Together = 512;

    /// <param name="store">An open store, empty or half filled by the same archive.</param>
    /// <param name="archive">Checked already.</param>
    /// <param name="progress">Hears now and then how many lines were placed.</param>
    /// <param name="cancellationToken">Stops; the same call goes on later.</param>
    /// <exception cref="ArchiveException">The store holds something else.</exception>
    public static async Task FillAsync(IStoreArchive store, Archive archive, Action<long> progress, CancellationToken cancellationToken)
    {
        if (!await BeginAsync(store, archive, cancellationToken))
        {
            return;
        }

        var final = new ArchivedItem.Status(RegistrationStatus.Enabled);
        var placed = 0L;
        foreach (var items in archive.Items().Chunk(Together))
        {
            final = items.OfType<ArchivedItem.Status>().LastOrDefault() ?? final;
            var placing = items.Where(item => item is not ArchivedItem.Status).Select(item => PlaceAsync(store, item, cancellationToken)).ToList();
            await Task.WhenAll(placing);
            placed += items.Length;
            progress(placed);
        }

        await VerifyAsync(store, archive, final.Value, cancellationToken);
        await store.ImportAsync(final, cancellationToken);
    }

    /// <summary>Marks the store as half filled.</summary>
    /// <returns><see langword="false"/> when all is there already.</returns>
    private static async Task<bool> BeginAsync(IStoreArchive store, Archive archive, CancellationToken cancellationToken)
    {
        var state = await store.GetRegistrationStatusAsync(cancellationToken);
        if (state.ImportId == archive.Id)
        {
            return true;
        }

        if (state.ImportId is not null)
        {
            throw new ArchiveException("Another import into this store is not finished. Finish that one, or begin with an empty store.");
        }

        if (await HoldsAnythingAsync(store, cancellationToken))
        {
            return await TotalsAsync(store, state, cancellationToken) == archive.Totals
                ? false
                : throw new ArchiveException("The store is not empty, and holds other than the archive. Nothing was changed. Begin with an empty store.");
        }

        var unfinished = new RegistrationStatus(Closed: true, "An import is not finished.", ImportId: archive.Id);
        await store.ImportAsync(new ArchivedItem.Status(unfinished), cancellationToken);
        return true;
    }

    private static async Task<bool> HoldsAnythingAsync(IStoreArchive store, CancellationToken cancellationToken)
    {
        var one = new PageRequest(1);
        return (await store.ListAuditEventsAsync(new AuditFilter(), one, cancellationToken)).Items.Count > 0
            || (await store.ListAsync(ClientFilter.All, one, cancellationToken)).Items.Count > 0
            || (await store.ListInitialAccessTokensAsync(one, cancellationToken)).Items.Count > 0;
    }

    private static async Task PlaceAsync(IStoreArchive store, ArchivedItem item, CancellationToken cancellationToken)
    {
        if (await store.ImportAsync(item, cancellationToken) is not (ImportOutcome.Imported or ImportOutcome.IsThere) and var outcome)
        {
            throw new ArchiveException($"The store does not take what the archive holds ({outcome}). Begin again with an empty store.");
        }
    }

    private static async Task VerifyAsync(IStoreArchive store, Archive archive, RegistrationStatus final, CancellationToken cancellationToken)
    {
        var found = await TotalsAsync(store, final, cancellationToken);
        if (found != archive.Totals)
        {
            throw new ArchiveException($"The store holds {found}, and the archive {archive.Totals}. Begin again with an empty store.");
        }
    }

    /// <param name="store">Read from end to end.</param>
    /// <param name="state">Counts in place of the switch that is stored.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    private static async Task<ArchiveTotals> TotalsAsync(IStoreArchive store, RegistrationStatus state, CancellationToken cancellationToken)
    {
        using var sum = new ArchiveSum();
        await foreach (var item in store.ReadAllAsync(cancellationToken))
        {
            if (item is not ArchivedItem.Status)
            {
                sum.Add(item);
            }
        }

        if (state != RegistrationStatus.Enabled)
        {
            sum.Add(new ArchivedItem.Status(state));
        }

        return sum.Total();
    }
}
