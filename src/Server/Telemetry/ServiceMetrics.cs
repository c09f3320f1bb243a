using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace GrpcDcr.Server.Telemetry;

/// <summary>
/// The instruments of <see cref="InstrumentTable"/>, in the meter <c>GrpcDcr</c>. While nobody listens, a call costs one comparison;
/// attributes are constants, so that counting allocates nothing.
/// </summary>
internal sealed class ServiceMetrics
{
    public const string MeterName = "GrpcDcr";

    private static readonly KeyValuePair<string, object?> Hit = new(Attributes.CacheResult.Name, Attributes.Hit);
    private static readonly KeyValuePair<string, object?> Miss = new(Attributes.CacheResult.Name, Attributes.Miss);
    private static readonly KeyValuePair<string, object?> Grpc = new(Attributes.RpcSystem.Name, Attributes.Grpc);

    private readonly Meter _meter;
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _registrations;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _limitRefusals;
    private readonly Counter<long> _limitFallbacks;
    private readonly Counter<long> _authentications;
    private readonly Histogram<double> _commits;
    private readonly Histogram<long> _batches;
    private readonly Histogram<double> _reads;
    private readonly Histogram<double> _journalSyncs;
    private readonly Counter<long> _cacheLookups;
    private readonly Histogram<double> _fetches;

    public ServiceMetrics(IMeterFactory meters)
        : this(meters.Create(MeterName))
    {
    }

    private ServiceMetrics(Meter meter)
    {
        _meter = meter;
        _calls = Histogram<double>(InstrumentTable.Calls);
        _registrations = Counter(InstrumentTable.Registrations);
        _refusals = Counter(InstrumentTable.Refusals);
        _limitRefusals = Counter(InstrumentTable.LimitRefusals);
        _limitFallbacks = Counter(InstrumentTable.LimitFallbacks);
        _authentications = Counter(InstrumentTable.Authentications);
        _commits = Histogram<double>(InstrumentTable.Commits);
        _batches = Histogram<long>(InstrumentTable.BatchSize);
        _reads = Histogram<double>(InstrumentTable.Reads);
        _journalSyncs = Histogram<double>(InstrumentTable.JournalSyncs);
        _cacheLookups = Counter(InstrumentTable.CacheLookups);
        _fetches = Histogram<double>(InstrumentTable.Fetches);
    }

    /// <summary>Counts nothing: for commands, which nobody observes.</summary>
    public static ServiceMetrics None { get; } = new(new Meter("GrpcDcr.None"));

    /// <summary>Whether somebody listens to <see cref="InstrumentTable.Calls"/>.</summary>
    public bool ObservesCalls => _calls.Enabled;

    /// <summary>Whether somebody listens to <see cref="InstrumentTable.Reads"/>.</summary>
    public bool ObservesReads => _reads.Enabled;

    /// <summary>The start of a measurement.</summary>
    public static long Start() => TimeProvider.System.GetTimestamp();

    /// <param name="started">When the call began.</param>
    /// <param name="method">One of the methods of the services.</param>
    /// <param name="status">One of the values of <see cref="Attributes.RpcStatus"/>.</param>
    /// <param name="isFailure">Whether the status is one of <see cref="Attributes.RpcError"/>.</param>
    public void Called(long started, string method, string status, bool isFailure)
    {
        var tags = new TagList(Grpc) { { Attributes.RpcMethod.Name, method }, { Attributes.RpcStatus.Name, status } };
        if (isFailure)
        {
            tags.Add(Attributes.RpcError.Name, status);
        }

        _calls.Record(SecondsSince(started), tags);
    }

    /// <param name="state">The state of the new client.</param>
    /// <param name="admission">How it was admitted.</param>
    public void Registered(string state, string admission) => Added(state, Attributes.Registered, admission);

    /// <summary>An administrator created a client.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="admission">How it was admitted.</param>
    public void Created(string state, string admission) => Added(state, Attributes.Created, admission);

    /// <param name="admission">How it was admitted; <see langword="null"/> if it was not.</param>
    /// <param name="error">The reason of the fault.</param>
    public void RegistrationRefused(string? admission, string error) => _registrations.Add(1, new TagList
    {
        { Attributes.Outcome.Name, Attributes.Refused },
        { Attributes.Origin.Name, Attributes.Registered },
        { Attributes.Admission.Name, admission ?? Attributes.NotAdmitted },
        { Attributes.Error.Name, error },
    });

    /// <param name="request">One of the values of <see cref="Attributes.Request"/>.</param>
    /// <param name="error">The reason of the fault.</param>
    public void RequestRefused(string request, string error) =>
        _refusals.Add(1, new(Attributes.Request.Name, request), new(Attributes.Error.Name, error));

    /// <param name="limit">One of the values of <see cref="Attributes.Limit"/>.</param>
    public void LimitReached(string limit) => _limitRefusals.Add(1, new KeyValuePair<string, object?>(Attributes.Limit.Name, limit));

    /// <param name="limit">One of the values of <see cref="Attributes.Limit"/>.</param>
    public void CountedAlone(string limit) => _limitFallbacks.Add(1, new KeyValuePair<string, object?>(Attributes.Limit.Name, limit));

    public void Authenticated(bool succeeded) => _authentications.Add(
        1, new KeyValuePair<string, object?>(Attributes.Authentication.Name, succeeded ? Attributes.Succeeded : Attributes.Refused));

    /// <param name="started">When the change was handed in.</param>
    /// <param name="engine">One of the values of <see cref="Attributes.Engine"/>.</param>
    /// <param name="error">One of the values of <see cref="Attributes.StoreError"/>; <see langword="null"/> if it is durable.</param>
    public void Committed(long started, string engine, string? error)
    {
        if (error is null)
        {
            _commits.Record(SecondsSince(started), new KeyValuePair<string, object?>(Attributes.Engine.Name, engine));
        }
        else
        {
            _commits.Record(SecondsSince(started), new(Attributes.Engine.Name, engine), new(Attributes.StoreError.Name, error));
        }
    }

    /// <param name="changes">How many became durable together.</param>
    /// <param name="engine">One of the values of <see cref="Attributes.Engine"/>.</param>
    public void BatchCommitted(int changes, string engine) =>
        _batches.Record(changes, new KeyValuePair<string, object?>(Attributes.Engine.Name, engine));

    /// <param name="started">When the read began.</param>
    /// <param name="operation">One of the values of <see cref="Attributes.Operation"/>.</param>
    /// <param name="collection">One of the values of <see cref="Attributes.Collection"/>.</param>
    /// <param name="error">One of the values of <see cref="Attributes.StoreError"/>; <see langword="null"/> if it succeeded.</param>
    public void Read(long started, string operation, string collection, string? error)
    {
        var tags = new TagList
        {
            { Attributes.Engine.Name, Attributes.LiteDb },
            { Attributes.Operation.Name, operation },
            { Attributes.Collection.Name, collection },
        };
        if (error is not null)
        {
            tags.Add(Attributes.StoreError.Name, error);
        }

        _reads.Record(SecondsSince(started), tags);
    }

    public void JournalSynced(long started) => _journalSyncs.Record(SecondsSince(started));

    public void LookedUp(bool isHit) => _cacheLookups.Add(1, isHit ? Hit : Miss);

    /// <param name="started">When the fetch began.</param>
    /// <param name="outcome">One of the values of <see cref="Attributes.Fetch"/>.</param>
    public void Fetched(long started, string outcome) =>
        _fetches.Record(SecondsSince(started), new KeyValuePair<string, object?>(Attributes.Fetch.Name, outcome));

    /// <summary>Adds a gauge. It is read when somebody collects, from any thread.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="value">Its value; <see langword="null"/> while there is none.</param>
    /// <returns>Says whether somebody listens.</returns>
    public Func<bool> Observe<T>(Instrument row, Func<T?> value)
        where T : struct
    {
        if (ReferenceEquals(this, None))
        {
            // The gauges of this meter would live as long as the process.
            return () => false;
        }

        var gauge = _meter.CreateObservableGauge(
            row.Name, () => value() is { } now ? [new Measurement<T>(now)] : Array.Empty<Measurement<T>>(), row.Unit, row.Description);
        return () => gauge.Enabled;
    }

    private void Added(string state, string origin, string admission) => _registrations.Add(
        1, new(Attributes.Outcome.Name, state), new(Attributes.Origin.Name, origin), new(Attributes.Admission.Name, admission));

    private static double SecondsSince(long started) => TimeProvider.System.GetElapsedTime(started).TotalSeconds;

    private Counter<long> Counter(Instrument row) => _meter.CreateCounter<long>(row.Name, row.Unit, row.Description);

    private Histogram<T> Histogram<T>(Instrument row)
        where T : struct
    {
        var bounds = Array.ConvertAll(row.Buckets!, bound => (T)Convert.ChangeType(bound, typeof(T), CultureInfo.InvariantCulture));
        return _meter.CreateHistogram(
            row.Name, row.Unit, row.Description, tags: null, new InstrumentAdvice<T> { HistogramBucketBoundaries = bounds });
    }
}
