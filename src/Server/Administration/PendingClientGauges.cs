using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Administration;

/// <summary>
/// How many clients wait for approval, and for how long. They are counted once a minute and not when somebody collects, so that a collector
/// does not wait for the store.
/// </summary>
internal sealed class PendingClientGauges
{
    /// <summary>How often they are counted.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly IClientReader _store;
    private readonly Func<bool> _isObserved;
    private Count? _count;

    public PendingClientGauges(IClientReader store, ServiceMetrics metrics, TimeProvider time)
    {
        _store = store;
        _isObserved = metrics.Observe(InstrumentTable.PendingClients, () => _count?.Clients);
        metrics.Observe<double>(InstrumentTable.OldestPendingAge, () => _count is null ? null
            : _count.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds)
            : 0);
    }

    /// <summary>Counts them, if somebody listens.</summary>
    /// <exception cref="StorageException">They cannot be counted now; the earlier count stays.</exception>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (!_isObserved())
        {
            return;
        }

        var counts = await _store.CountAsync(cancellationToken);
        _count = new Count(counts.Of(ClientState.Pending), counts.OldestPending);
    }

    /// <param name="Clients">How many wait.</param>
    /// <param name="Oldest">When the first of them registered; <see langword="null"/> if none waits.</param>
    private sealed record Count(long Clients, DateTimeOffset? Oldest);
}
