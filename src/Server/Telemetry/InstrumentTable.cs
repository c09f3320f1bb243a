namespace GrpcDcr.Server.Telemetry;

/// <summary>All instruments of the service. <c>docs/telemetry.md</c> is written from it.</summary>
internal static class InstrumentTable
{
    /// <summary>Those of the semantic conventions for HTTP and gRPC, and finer ones for calls that are answered from memory.</summary>
    private static readonly double[] CallBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static Instrument Calls { get; } = new(
        "rpc.server.call.duration", InstrumentKind.Histogram, "s",
        "Duration of native gRPC calls at the internal listener, refused ones included.",
        Attributes.RpcSystem, Attributes.RpcMethod, Attributes.RpcStatus, Attributes.RpcError)
    { Buckets = CallBuckets };

    public static Instrument Registrations { get; } = new(
        "grpcdcr.registrations", InstrumentKind.Counter, "{registration}",
        "Registrations, and clients that administrators create, by outcome and by how they were admitted.",
        Attributes.Outcome, Attributes.Origin, Attributes.Admission, Attributes.Error);

    public static Instrument Refusals { get; } = new(
        "grpcdcr.refusals", InstrumentKind.Counter, "{request}",
        "Refused requests of clients about their own registration, and wrong tokens of administrators and authorization servers.",
        Attributes.Request, Attributes.Error);

    public static Instrument LimitRefusals { get; } = new(
        "grpcdcr.limit.refusals", InstrumentKind.Counter, "{request}",
        "Requests over a rate limit, or over the limit of clients that wait.",
        Attributes.Limit);

    public static Instrument LimitFallbacks { get; } = new(
        "grpcdcr.limit.fallbacks", InstrumentKind.Counter, "{request}",
        "Requests that this instance counted alone, because Redis was unavailable.",
        Attributes.Limit);

    public static Instrument LimitsShared { get; } = new(
        "grpcdcr.limit.shared", InstrumentKind.Gauge, "{redis}",
        "1 while rate limits are shared through Redis, 0 while Redis is unavailable; absent where they are not to be shared.");

    public static Instrument Authentications { get; } = new(
        "grpcdcr.authentications", InstrumentKind.Counter, "{authentication}", "Client authentications of AuthenticateClient.",
        Attributes.Authentication);

    public static Instrument PendingClients { get; } = new(
        "grpcdcr.clients.pending", InstrumentKind.Gauge, "{client}",
        "Clients that wait for approval, counted once a minute.");

    public static Instrument OldestPendingAge { get; } = new(
        "grpcdcr.clients.oldest_pending_age", InstrumentKind.Gauge, "s",
        "How long the client that registered first has waited for approval; 0 if none waits.");

    public static Instrument Commits { get; } = new(
        "grpcdcr.store.commit.duration", InstrumentKind.Histogram, "s",
        "How long a change takes until it is durable, its time in the queue included.",
        Attributes.Engine, Attributes.StoreError)
    { Buckets = CallBuckets };

    public static Instrument BatchSize { get; } = new(
        "grpcdcr.store.batch.size", InstrumentKind.Histogram, "{change}", "How many changes became durable together.", Attributes.Engine)
    { Buckets = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000] };

    public static Instrument Reads { get; } = new(
        "db.client.operation.duration", InstrumentKind.Histogram, "s",
        "How long a read of the embedded store took that memory could not answer, its wait for LiteDB included. With PostgreSQL, Npgsql "
        + "measures this with attributes of its own.",
        Attributes.Engine, Attributes.Operation, Attributes.Collection, Attributes.StoreError)
    { Buckets = CallBuckets };

    public static Instrument JournalSyncs { get; } = new(
        "grpcdcr.store.journal.duration", InstrumentKind.Histogram, "s",
        "How long it takes to write an entry to the journal of the embedded store and sync it.")
    { Buckets = CallBuckets };

    public static Instrument QueuedChanges { get; } = new(
        "grpcdcr.store.queued_changes", InstrumentKind.Gauge, "{change}", "Changes that wait for the writer.");

    public static Instrument UnappliedRecords { get; } = new(
        "grpcdcr.store.unapplied_records", InstrumentKind.Gauge, "{record}",
        "Records that are durable in the journal of the embedded store and not yet in LiteDB.");

    public static Instrument StoreReady { get; } = new(
        "grpcdcr.store.ready", InstrumentKind.Gauge, "{store}", "1 while the store answers and accepts changes, else 0.");

    public static Instrument FeedLag { get; } = new(
        "grpcdcr.store.feed_lag", InstrumentKind.Gauge, "s",
        "How old the last confirmation is that this instance has seen all changes of the others; with PostgreSQL only.");

    public static Instrument CacheLookups { get; } = new(
        "grpcdcr.cache.lookups", InstrumentKind.Counter, "{lookup}", "Lookups of clients, answered from memory or by the store.",
        Attributes.CacheResult);

    public static Instrument CacheSize { get; } = new(
        "grpcdcr.cache.size", InstrumentKind.Gauge, "By", "Size of the client cache, roughly.");

    public static Instrument Fetches { get; } = new(
        "grpcdcr.fetch.duration", InstrumentKind.Histogram, "s",
        "How long it took to fetch a document that a client or issuer names; cached documents are not fetched.",
        Attributes.Fetch)
    { Buckets = CallBuckets };

    public static IReadOnlyList<Instrument> All { get; } =
    [
        Calls, Registrations, Refusals, LimitRefusals, LimitFallbacks, LimitsShared, Authentications, PendingClients, OldestPendingAge,
        Commits, BatchSize, Reads, JournalSyncs, QueuedChanges, UnappliedRecords, StoreReady, FeedLag, CacheLookups, CacheSize, Fetches,
    ];
}
