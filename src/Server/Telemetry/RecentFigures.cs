using System.Diagnostics.Metrics;
using System.Globalization;

namespace GrpcDcr.Server.Telemetry;

/// <summary>
/// What this process measured in the last hour, by minute, in a bounded memory. It listens to a few instruments of
/// <see cref="InstrumentTable"/> from its creation on.
/// </summary>
internal sealed class RecentFigures : IDisposable
{
    /// <summary>How many minutes are kept, with the one that is not over.</summary>
    public const int MaxMinutes = 60;

    /// <summary>Reasons of refusals are a closed set too, which is elsewhere.</summary>
    private const int MaxReasons = 64;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly string[] Buckets =
        [.. Enumerable.Range(0, InstrumentTable.Commits.Buckets!.Length + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private readonly MinuteCounts _registrations = Of(Attributes.Outcome);
    private readonly MinuteCounts _reasons = new([], MaxReasons, MaxMinutes);
    private readonly MinuteCounts _limits = Of(Attributes.Limit);
    private readonly MinuteCounts _authentications = Of(Attributes.Authentication);
    private readonly MinuteCounts _cache = Of(Attributes.CacheResult);
    private readonly MinuteCounts _commits = new(Buckets, 0, MaxMinutes);
    private readonly Queue<long?> _pending = new();
    private readonly Queue<DateTimeOffset> _beginnings = new();
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();
    private readonly ITimer _timer;
    private long? _pendingNow;

    /// <param name="meters">Only instruments of this factory count: there may be several services in a process.</param>
    /// <param name="time">Divides the minutes.</param>
    public RecentFigures(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _beginnings.Enqueue(time.GetUtcNow());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServiceMetrics.MeterName && instrument.Meter.Scope == meters
                && TallyOf(instrument.Name) is { } tally)
            {
                listener.EnableMeasurementEvents(instrument, tally);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, tally) => ((Tally<long>)tally!)(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, tally) => ((Tally<double>)tally!)(value, tags));
        _listener.Start();
        _timer = time.CreateTimer(_ => Advance(), state: null, Minute, Minute);
    }

    private delegate void Tally<in T>(T value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    /// <summary>The figures of now.</summary>
    public HourOfFigures Read()
    {
        lock (_lock)
        {
            _pendingNow = null;
            _listener.RecordObservableInstruments();
            return new HourOfFigures(
                [.. _beginnings],
                _time.GetUtcNow(),
                _registrations.Read(),
                _reasons.Read(),
                _limits.Read(),
                _authentications.Read(),
                _cache.Read(),
                [.. _commits.Read().Select(bucket => bucket.Counts)],
                [.. _pending, _pendingNow]);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _listener.Dispose();
    }

    private static MinuteCounts Of(InstrumentAttribute attribute) => new(attribute.Values, 0, MaxMinutes);

    /// <summary>What counts an instrument; <see langword="null"/> for one that is not counted.</summary>
    private object? TallyOf(string instrument) =>
        instrument == InstrumentTable.Registrations.Name
            ? Both(Counting(_registrations, Attributes.Outcome), Counting(_reasons, Attributes.Error))
        : instrument == InstrumentTable.Refusals.Name ? Counting(_reasons, Attributes.Error)
        : instrument == InstrumentTable.LimitRefusals.Name ? Counting(_limits, Attributes.Limit)
        : instrument == InstrumentTable.Authentications.Name ? Counting(_authentications, Attributes.Authentication)
        : instrument == InstrumentTable.CacheLookups.Name ? Counting(_cache, Attributes.CacheResult)
        : instrument == InstrumentTable.Commits.Name ? (Tally<double>)Commit
        : instrument == InstrumentTable.PendingClients.Name ? (Tally<long>)((value, _) => _pendingNow = value)
        : null;

    private static Tally<long> Both(Tally<long> first, Tally<long> second) => (value, tags) =>
    {
        first(value, tags);
        second(value, tags);
    };

    /// <summary>What has no such attribute is not counted.</summary>
    private static Tally<long> Counting(MinuteCounts counts, InstrumentAttribute attribute) => (value, tags) =>
    {
        if (ValueOf(tags, attribute) is { } word)
        {
            counts.Add(word, value);
        }
    };

    /// <summary>How long failed changes took is not counted.</summary>
    private void Commit(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (ValueOf(tags, Attributes.StoreError) is null)
        {
            _commits.Add(Buckets[Quantile.BucketOf(seconds, InstrumentTable.Commits.Buckets!)], 1);
        }
    }

    private static string? ValueOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, InstrumentAttribute attribute)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == attribute.Name)
            {
                return tag.Value as string;
            }
        }

        return null;
    }

    private void Advance()
    {
        lock (_lock)
        {
            _pendingNow = null;
            _listener.RecordObservableInstruments();
            _pending.Enqueue(_pendingNow);
            _beginnings.Enqueue(_time.GetUtcNow());
            if (_beginnings.Count > MaxMinutes)
            {
                _beginnings.Dequeue();
                _pending.Dequeue();
            }

            foreach (var counts in new[] { _registrations, _reasons, _limits, _authentications, _cache, _commits })
            {
                counts.Advance();
            }
        }
    }
}

/// <summary>Counts of at most an hour, by minute, the oldest first; the last minute is not over.</summary>
/// <param name="Beginnings">When each minute began.</param>
/// <param name="End">When it was read.</param>
/// <param name="Registrations">Registrations by outcome.</param>
/// <param name="Reasons">Refused registrations, requests of clients and role tokens, by reason.</param>
/// <param name="Limits">Requests over a limit, by limit.</param>
/// <param name="Authentications">Client authentications by outcome.</param>
/// <param name="CacheLookups">Lookups of clients by whether the cache answered.</param>
/// <param name="Commits">Changes by how long they took until they were durable: for each bucket of the instrument.</param>
/// <param name="Pending">Pending clients at the end of each minute; <see langword="null"/> if they were not counted.</param>
internal sealed record HourOfFigures(
    IReadOnlyList<DateTimeOffset> Beginnings,
    DateTimeOffset End,
    IReadOnlyList<WordCounts> Registrations,
    IReadOnlyList<WordCounts> Reasons,
    IReadOnlyList<WordCounts> Limits,
    IReadOnlyList<WordCounts> Authentications,
    IReadOnlyList<WordCounts> CacheLookups,
    IReadOnlyList<IReadOnlyList<long>> Commits,
    IReadOnlyList<long?> Pending)
{
    /// <summary>
    /// The duration in seconds that so large a part of the changes of each minute did not exceed; <see langword="null"/> without changes.
    /// </summary>
    public IReadOnlyList<double?> CommitQuantiles(double part) =>
    [
        .. Enumerable.Range(0, Beginnings.Count).Select(minute =>
            Quantile.Of(part, InstrumentTable.Commits.Buckets!, [.. Commits.Select(bucket => bucket[minute])])),
    ];
}
