using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Postgres.Migrations;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Server.Telemetry;
using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>The parts of an open store, composed and disposed in the right order.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ClientCache _cache;

    private OpenDatabase(NpgsqlDataSource source, PostgresOptions options, TimeProvider time, ServiceMetrics metrics, ILogger logger)
    {
        var channel = options.Notifications ? $"{options.Schema}_changes" : null;
        Source = source;
        _cache = new ClientCache(new RecordCache<ClientId, RegisteredClient>(options.CacheBytes), options.MaxStaleness, time);
        Clients = new ClientQueries(source, _cache, metrics);
        Feed = new ChangeFeed(source, channel, _cache, time, logger);
        Writer = new ChangeWriter(new WriterSession(source, channel, time), batch => Committed(batch, metrics), options, time, logger);
        metrics.Observe<long>(InstrumentTable.QueuedChanges, () => Writer.Queued);
        metrics.Observe<long>(InstrumentTable.CacheSize, () => _cache.Bytes);
        metrics.Observe(InstrumentTable.FeedLag, () => _cache.Age?.TotalSeconds);
    }

    public NpgsqlDataSource Source { get; }

    public ClientQueries Clients { get; }

    public ChangeFeed Feed { get; }

    public ChangeWriter Writer { get; }

    /// <summary>The registration status, if the cached one is fresh; <see langword="null"/> otherwise.</summary>
    public RegistrationStatus? CachedRegistrationStatus => _cache.IsFresh ? Feed.RegistrationStatus : null;

    public StoreHealth Health => (Writer.Suspension?.Message ?? Feed.Problem) is { } problem
        ? new StoreHealth(Ready: false, problem, Answers: Feed.Problem is null)
        : StoreHealth.Good;

    /// <exception cref="StorageException">There is no such database, or its tables are not those of this program.</exception>
    public static async Task<OpenDatabase> OpenAsync(
        PostgresOptions options, TimeProvider time, ServiceMetrics metrics, ILogger logger, CancellationToken cancellationToken)
    {
        var source = PostgresConnections.Open(options);
        OpenDatabase? database = null;
        try
        {
            await PrepareAsync(source, options, time, logger, cancellationToken);
            database = new OpenDatabase(source, options, time, metrics, logger);
            await database.Feed.StartAsync(cancellationToken);
            return database;
        }
        catch (Exception)
        {
            await (database?.DisposeAsync() ?? source.DisposeAsync());
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Feed.DisposeAsync();
        await Source.DisposeAsync();
    }

    private static async Task PrepareAsync(
        NpgsqlDataSource source, PostgresOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var migrator = new Migrator(source, options.Schema, time, logger);
        var started = time.GetTimestamp();
        string? known = null;
        while (true)
        {
            try
            {
                await (options.Migrate ? migrator.MigrateAsync(cancellationToken) : migrator.CheckAsync(cancellationToken));
                await WarnAsync(source, logger, cancellationToken);
                return;
            }
            catch (StorageException e) when (e.Failure is StorageFailure.Unavailable or StorageFailure.Busy)
            {
                var (place, cause) = (PostgresConnections.PlaceOf(options), PostgresFault.CauseOf(e));
                if (time.GetElapsedTime(started) >= options.OpeningTime)
                {
                    throw new StorageException(e.Failure, $"Failed to use {place}: {cause}.", e);
                }

                // Once for each cause, and not twice a second.
                if (cause != known)
                {
                    logger.AwaitingDatabase(place, cause, options.OpeningTime.TotalSeconds);
                    known = cause;
                }

                await Task.Delay(RetryPeriod, time, cancellationToken);
            }
        }
    }

    private static async Task WarnAsync(NpgsqlDataSource source, ILogger logger, CancellationToken cancellationToken)
    {
        // Databases of the same protocol have no such setting.
        var fsync = await source.QueryAsync(
            "select coalesce(current_setting('fsync', true), '')", row => row.GetString(0), cancellationToken);
        if (fsync[0] == "off")
        {
            logger.NotDurable(fsync[0]);
        }

        var commit = await source.QueryAsync(
            SynchronousCommit.Query, row => new SynchronousCommit(row.GetString(0)), cancellationToken);
        if (commit[0].IsWeak)
        {
            logger.CommitsRaised(commit[0].Value);
        }
    }

    /// <summary>Readers of this instance see its own changes at once.</summary>
    private void Committed(ChangeBatch batch, ServiceMetrics metrics)
    {
        metrics.BatchCommitted(batch.Accepted.Count, Attributes.Postgres);
        foreach (var change in batch.Accepted)
        {
            if (change.Invalidates is { } id)
            {
                _cache.Invalidate(id);
            }
        }

        if (batch.Writes.RegistrationStatus is { } status)
        {
            Feed.Set(status.Value);
        }
    }
}
