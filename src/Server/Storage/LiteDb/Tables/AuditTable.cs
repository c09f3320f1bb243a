using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// The audit events, in runs: a document has events that were applied together, because an index entry costs more than an event. For the
/// same reason the index by client lacks the first event of each client, which is the only one of most: the client's entry names it.
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
    /// <param name="subject">The client.</param>
    /// <param name="firstEvent">The sequence of the first one, if the index does not have it.</param>
    /// <param name="after">In the order, a sequence before them.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="order">Of their sequences.</param>
    public List<AuditEvent> List(ClientId subject, long firstEvent, long after, int limit, ListOrder order)
    {
        var isForward = order == ListOrder.OldestFirst;
        var (first, last) = isForward ? (after + 1, long.MaxValue) : (0, after - 1);
        var events = Indexed(subject, first, last, limit, order);
        if (firstEvent != 0 && firstEvent >= first && firstEvent <= last)
        {
            // Before it may be events that were recorded about an identifier that nobody had yet.
            var place = events.FindIndex(e => isForward ? e.Sequence > firstEvent : e.Sequence < firstEvent);
            events.Insert(place < 0 ? events.Count : place, Event(firstEvent));
        }

        return events.Count > limit ? events[..limit] : events;
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

    /// <param name="recorded">In order.</param>
    /// <param name="firstEvents">The sequences of those that are the first about a new client.</param>
    public void Write(IReadOnlyCollection<EncodedAuditEvent> recorded, IReadOnlyDictionary<ClientId, long> firstEvents)
    {
        var (sequence, latest) = (_lastSequence, _latestTime);
        _runs.Insert(RunSize.Split(recorded, e => e.Bytes.Length).Select(events =>
        {
            latest = Latest(latest, events);
            sequence += events.Count;
            return AuditRun.ToDocument(sequence - events.Count + 1, latest, events, firstEvents);
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

    private List<AuditEvent> Indexed(ClientId subject, long first, long last, int limit, ListOrder order) => Collect(
        BsonExpression.Create(
            "c[*] ANY BETWEEN @0 AND @1", AuditRun.SubjectKey(subject, first), AuditRun.SubjectKey(subject, last)),
        AuditRun.SubjectIndex,
        limit,
        order,
        run => order == ListOrder.OldestFirst
            ? run.SequencesAfter(first - 1, subject)
            : run.SequencesBefore(last + 1, subject));

    private AuditEvent Event(long sequence) => RunWith(sequence) is { } run && sequence <= run.LastSequence
        ? run.Event(sequence)
        : throw StoreFault.Damaged("A stored client names an audit event that is missing");

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
