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
            var after = page.Token is { } token ? BinaryPrimitives.ReadInt64BigEndian(token.Bytes.Span) : 0;
            var found = home.Events.Where(e => e.Sequence > after
                && (filter.ClientId is null || e.ClientId == filter.ClientId)
                && (filter.Type is null || e.Type == filter.Type)
                && (filter.From is null || e.Time >= filter.From)
                && (filter.Until is null || e.Time < filter.Until));
            return PageOf(found, page.ClampedSize, e => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(e.Sequence)));
        }, cancellationToken);
}
