using System.Runtime.CompilerServices;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>Everything that a store holds, in the order of archives: audit events, clients, initial access tokens, used statements, the switch.</summary>
internal static class StoreContents
{
    /// <exception cref="ArchiveException">Something changed meanwhile.</exception>
    public static async IAsyncEnumerable<ArchivedItem> ReadAllAsync(this IStoreArchive store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = await store.GetRegistrationStatusAsync(cancellationToken);
        PageToken? behind = null;
        long last = 0;
        for (var page = await Events(null); ; page = await Events(behind))
        {
            foreach (var e in page.Items)
            {
                last = e.Sequence;
                yield return new ArchivedItem.Event(e);
            }

            behind = page.NextToken;
            if (behind is null)
            {
                break;
            }
        }

        await foreach (var client in Walk(page => store.ListAsync(ClientFilter.All, page, cancellationToken)))
        {
            yield return new ArchivedItem.Client(client);
        }

        await foreach (var token in Walk(page => store.ListInitialAccessTokensAsync(page, cancellationToken)))
        {
            yield return new ArchivedItem.IssuedToken(token);
        }

        await foreach (var use in Walk(page => store.ListSoftwareStatementUsesAsync(page, cancellationToken)))
        {
            yield return new ArchivedItem.ConsumedStatement(use);
        }

        if (before != RegistrationStatus.Enabled)
        {
            yield return new ArchivedItem.Status(before);
        }

        // Every change has its audit event.
        if ((await Events(PageToken.Behind(last))).Items.Count > 0)
        {
            throw new ArchiveException("The store changed meanwhile. Stop the service, or read a backup of it, and try again.");
        }

        ValueTask<Page<AuditEvent>> Events(PageToken? token) =>
            store.ListAuditEventsAsync(new AuditFilter(), new PageRequest(PageRequest.MaxSize, token), cancellationToken);
    }

    private static async IAsyncEnumerable<T> Walk<T>(Func<PageRequest, ValueTask<Page<T>>> read)
    {
        PageToken? token = null;
        do
        {
            var page = await read(new PageRequest(PageRequest.MaxSize, token));
            foreach (var item in page.Items)
            {
                yield return item;
            }

            token = page.NextToken;
        }
        while (token is not null);
    }
}
