using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Pages of clients. A token is the identifier of the last client of a page.</summary>
internal static class ClientListing
{
    public static async ValueTask<Page<RegisteredClient>> ReadAsync(
        LiteDbOwner owner, ClientState? state, PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Token is { } token ? new Guid(token.Bytes.Span, bigEndian: true) : Guid.Empty;
        var size = page.ClampedSize;
        var clients = owner.Ask((tables, _) => tables.ListClients(state, after, size + 1), out var seen);
        await seen.SettledAsync(cancellationToken);
        if (clients.Count <= size)
        {
            return new Page<RegisteredClient>(clients, null);
        }

        clients.RemoveAt(size);
        return new Page<RegisteredClient>(clients, new PageToken(clients[^1].Id.ToBytes()));
    }

    /// <summary>Waits until what an answer may show is durable.</summary>
    public static Task SettledAsync(this Batch? seen, CancellationToken cancellationToken) =>
        seen is null ? Task.CompletedTask : seen.Durable.WaitAsync(cancellationToken);
}
