using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Tables;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Pages of audit events. There is an index by client, and a binary search by time; other filters scan events one by one, a bounded number
/// for each page. A page token is the sequence of the last event scanned.
/// </summary>
internal sealed class AuditListing(OpenStore open, AuditFilter filter, PageRequest page)
{
    /// <summary>Events scanned for one page.</summary>
    private const int MaxScanned = 10_000;

    /// <summary>Events read in one query, while nobody else can use LiteDB.</summary>
    private const int LargestSlice = 500;

    private readonly List<AuditEvent> _matches = [];
    private readonly int _slice = filter == new AuditFilter(filter.ClientId) ? page.ClampedSize + 1 : LargestSlice;
    private readonly DateTimeOffset? _end = filter.Until + AuditFilter.ClockSteps;
    private long _last = page.AfterSequence();

    private bool IsForward => page.Order == ListOrder.OldestFirst;

    public async ValueTask<Page<AuditEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        await open.ApplyQueue.AppliedAsync(cancellationToken);
        if (filter.ClientId is null)
        {
            open.Reads.Query("list", "audit_events", SkipByTime);
        }

        for (var scanned = 0; scanned < MaxScanned; scanned += _slice)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var events = open.Reads.Query("list", "audit_events", Next);
            var more = Scan(events) || (events.Count == _slice && !IsPast(events[^1]));
            if (!more)
            {
                return new Page<AuditEvent>(_matches, null);
            }

            if (_matches.Count == page.ClampedSize)
            {
                break;
            }
        }

        return new Page<AuditEvent>(_matches, PageToken.After(_last));
    }

    /// <summary>Begins where the first event in time may be.</summary>
    private bool SkipByTime(LiteDbTables tables)
    {
        if (IsForward && filter.From is { } from)
        {
            _last = Math.Max(_last, tables.Audit.SequenceBefore(from));
        }
        else if (!IsForward && _end is { } end)
        {
            _last = Math.Min(_last, tables.Audit.SequenceAfter(end));
        }

        return true;
    }

    /// <summary>Whether no later event of the list can match.</summary>
    private bool IsPast(AuditEvent last) => IsForward ? last.Time >= _end : last.Time < filter.From - AuditFilter.ClockSteps;

    private List<AuditEvent> Next(LiteDbTables tables) => filter.ClientId is { } id
        ? tables.Audit.List(id, tables.Clients.FirstEventOf(id), _last, _slice, page.Order)
        : tables.Audit.List(_last, _slice, page.Order);

    /// <summary>Collects matches until the page is full; returns whether some of <paramref name="events"/> are left.</summary>
    private bool Scan(List<AuditEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (_matches.Count == page.ClampedSize)
            {
                return true;
            }

            _last = events[i].Sequence;
            if (filter.Matches(events[i]))
            {
                _matches.Add(events[i]);
            }
        }

        return false;
    }
}
