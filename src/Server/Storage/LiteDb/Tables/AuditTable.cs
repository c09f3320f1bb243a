using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The audit events, in runs: a document has events that were applied together, because an index entry costs more than an event.
/// </summary>
internal sealed class AuditTable(LiteEngine engine)
{
    private readonly StoreCollection _runs = new(engine, "audit_events");
    private long _lastSequence;
    private long _latestTime;

    /// <summary>Of the last event that was committed; 0 without one.</summary>
    public long LastSequence => _lastSequence;

    public void Create() => _runs.EnsureIndex("subject", AuditRun.SubjectIndex);

    /// <summary>Reads the last sequence and the latest time.</summary>
    public void Load()
    {
        if (_runs.Last() is { } last)
        {
            var run = AuditRun.Of(last);
            (_lastSequence, _latestTime) = (run.LastSequence, run.LatestTime);
        }
    }

    /// <summary>Events after a sequence, in an order.</summary>
    public List<AuditEvent> List(long after, int limit, ListOrder order)
    {
        if (order == ListOrder.NewestFirst)
        {
            return Collect(BsonExpression.Create("_id < @0", after), StoreCollection.Id, limit, order, run => run.SequencesBefore(after));
        }

        var start = RunWith(after + 1)?.FirstSequence ?? after + 1;
        return Collect(BsonExpression.Create("_id >= @0", start), StoreCollection.Id, limit, order, run => run.SequencesAfter(after));
    }

    /// <summary>Events about a client after a sequence, in an order.</summary>
    public List<AuditEvent> List(ClientId subject, long after, int limit, ListOrder order)
    {
        var isForward = order == ListOrder.OldestFirst;
        var (first, last) = isForward ? (after + 1, long.MaxValue) : (0, after - 1);
        return Collect(
            BsonExpression.Create(
                "c[*] ANY BETWEEN @0 AND @1", AuditRun.SubjectKey(subject, first), AuditRun.SubjectKey(subject, last)),
            AuditRun.SubjectIndex, limit, order,
            run => isForward ? run.SequencesAfter(after, subject) : run.SequencesBefore(after, subject));
    }

    /// <summary>A sequence after all events before the first that is at or after <paramref name="time"/>.</summary>
    public long SequenceAfter(DateTimeOffset time) => SequenceBefore(time) + RunSize.MaxCount + 1;

    /// <summary>A sequence before all events that are at or after <paramref name="time"/>, and at most a run before the first.</summary>
    public long SequenceBefore(DateTimeOffset time)
    {
        var sought = time.ToUnixTimeMilliseconds();
        var (earlier, later) = (0L, _lastSequence + 1);
        while (later - earlier > 1)
        {
            var middle = earlier + ((later - earlier) / 2);
            if (RunWith(middle) is not { } run)
            {
                earlier = middle;
            }
            else if (run.LatestTime < sought)
            {
                earlier = run.LastSequence;
            }
            else
            {
                later = run.FirstSequence;
            }
        }

        return earlier;
    }

    public void Write(IReadOnlyCollection<EncodedAuditEvent> recorded)
    {
        var (sequence, latest) = (_lastSequence, _latestTime);
        _runs.Insert(RunSize.Split(recorded, e => e.Bytes.Length).Select(events =>
        {
            latest = Latest(latest, events);
            sequence += events.Count;
            return AuditRun.ToDocument(sequence - events.Count + 1, latest, events);
        }));
    }

    /// <summary>The transaction that wrote them was committed: the next sequence follows theirs.</summary>
    public void Advance(IReadOnlyCollection<EncodedAuditEvent> recorded)
    {
        _lastSequence += recorded.Count;
        _latestTime = Latest(_latestTime, recorded);
    }

    private static long Latest(long latest, IEnumerable<EncodedAuditEvent> recorded) =>
        recorded.Aggregate(latest, (known, e) => Math.Max(known, e.Time));

    /// <summary>The run that has the event of this sequence, or the last one before.</summary>
    private AuditRun? RunWith(long sequence) => _runs.LastUpTo(sequence) is { } found ? AuditRun.Of(found) : null;

    private List<AuditEvent> Collect(
        BsonExpression where, string orderBy, int limit, ListOrder order, Func<AuditRun, IEnumerable<long>> sequences)
    {
        var events = new List<AuditEvent>();
        _runs.Read(
            where,
            orderBy,
            document =>
            {
                var run = AuditRun.Of(document);
                events.AddRange(sequences(run).Take(limit - events.Count).Select(run.Event));
                return events.Count < limit;
            },
            order: order == ListOrder.OldestFirst ? Query.Ascending : Query.Descending);
        return events;
    }
}
