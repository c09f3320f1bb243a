using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Tables;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Pages of audit events. A client's events have an index and a start time is searched for; the rest is looking at events one by one,
/// a bounded number for each page. A token is the sequence of the last event looked at.
/// </summary>
internal sealed class AuditListing(OpenStore open, AuditFilter filter, PageRequest page)
{
    /// <summary>Events looked at for one page.</summary>
    private const int MaxLooked = 10_000;

    /// <summary>Events read at once, while nobody else can use LiteDB.</summary>
    private const int LargestSlice = 500;

    private readonly List<AuditEvent> matches = [];
    private readonly int slice = filter is { Type: null, From: null, Until: null } ? page.ClampedSize + 1 : LargestSlice;
    private readonly DateTimeOffset? end = filter.Until + AuditFilter.ClockSteps;
    private long last = page.AfterSequence();

    public async ValueTask<Page<AuditEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        await open.Applier.AppliedAsync(cancellationToken);
        if (filter is { From: { } from, ClientId: null })
        {
            last = Math.Max(last, open.Owner.Ask(tables => tables.Audit.SequenceBefore(from)));
        }

        for (var looked = 0; looked < MaxLooked; looked += slice)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var events = open.Owner.Ask(Next);
            var more = Look(events) || (events.Count == slice && !(events[^1].Time >= end));
            if (!more)
            {
                return new Page<AuditEvent>(matches, null);
            }

            if (matches.Count == page.ClampedSize)
            {
                break;
            }
        }

        return new Page<AuditEvent>(matches, PageToken.Behind(last));
    }

    private List<AuditEvent> Next(LiteDbTables tables) =>
        filter.ClientId is { } id ? tables.Audit.List(id, last, slice) : tables.Audit.List(last, slice);

    /// <summary>Takes what matches until the page is full; says whether some of <paramref name="events"/> are left.</summary>
    private bool Look(List<AuditEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (matches.Count == page.ClampedSize)
            {
                return true;
            }

            last = events[i].Sequence;
            if (Matches(events[i]))
            {
                matches.Add(events[i]);
            }
        }

        return false;
    }

    private bool Matches(AuditEvent e) =>
        (filter.Type is null || e.Type == filter.Type)
        && (filter.From is null || e.Time >= filter.From)
        && (filter.Until is null || e.Time < filter.Until);
}
