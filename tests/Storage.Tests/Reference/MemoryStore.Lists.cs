using System.Buffers.Binary;
using GrpcDcr.Server.Model;
using static GrpcDcr.Storage.Tests.Reference.MemoryRules;

namespace GrpcDcr.Storage.Tests.Reference;

/// <summary>Lists and counts.</summary>
internal sealed partial class MemoryStore
{
    public ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            ClientId? last = page.Token is { } token ? ClientId.FromBytes(token.Bytes.Span) : null;
            var ordered = page.Order == ListOrder.OldestFirst ? home.Clients.Values : home.Clients.Values.Reverse();
            var found = ordered.Where(filter.Matches)
                .Where(c => last is not { } end || (page.Order == ListOrder.OldestFirst ? c.Id > end : c.Id < end));
            return PageOf(found, page.ClampedSize, c => c.Id.ToBytes());
        }, cancellationToken);

    public ValueTask<ClientCounts> CountAsync(CancellationToken cancellationToken) =>
        Ask(() => CountsOf(home.Clients.Values), cancellationToken);

    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            var after = page.AfterSequence();
            var found = page.Order == ListOrder.OldestFirst
                ? home.Events.Where(e => e.Sequence > after && filter.Matches(e))
                : home.Events.AsEnumerable().Reverse().Where(e => e.Sequence < after && filter.Matches(e));
            return PageOf(found, page.ClampedSize, e => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(e.Sequence)));
        }, cancellationToken);
}
