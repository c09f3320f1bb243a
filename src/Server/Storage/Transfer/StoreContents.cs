using System.Runtime.CompilerServices;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>
/// Everything that a store holds, in the order of archives: audit events, clients, initial access tokens, used software statements,
/// registration status.
/// </summary>
internal static class StoreContents
{
    /// <exception cref="ArchiveException">The store changed while it was read.</exception>
    public static async IAsyncEnumerable<ArchivedItem> ReadAllAsync(
        this IStoreArchive store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var status = await store.GetRegistrationStatusAsync(cancellationToken);
        var lastSequence = 0L;
        await foreach (var auditEvent in Pages(page => store.ListAuditEventsAsync(new AuditFilter(), page, cancellationToken)))
        {
            lastSequence = auditEvent.Sequence;
            yield return new ArchivedAuditEvent(auditEvent);
        }

        await foreach (var client in Pages(page => store.ListAsync(ClientFilter.All, page, cancellationToken)))
        {
            yield return new ArchivedClient(client);
        }

        await foreach (var token in Pages(page => store.ListInitialAccessTokensAsync(page, cancellationToken)))
        {
            yield return new ArchivedInitialAccessToken(token);
        }

        await foreach (var use in Pages(page => store.ListOneTimeUsesAsync(page, cancellationToken)))
        {
            yield return new ArchivedOneTimeUse(use);
        }

        if (status != RegistrationStatus.Enabled)
        {
            yield return new ArchivedRegistrationStatus(status);
        }

        // Every change has its audit event.
        var rest = new PageRequest(1, PageToken.After(lastSequence));
        if ((await store.ListAuditEventsAsync(new AuditFilter(), rest, cancellationToken)).Items.Count > 0)
        {
            throw new ArchiveException("The store changed while it was read. Stop the service, or read a backup of it, and try again.");
        }
    }

    private static async IAsyncEnumerable<T> Pages<T>(Func<PageRequest, ValueTask<Page<T>>> read)
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
