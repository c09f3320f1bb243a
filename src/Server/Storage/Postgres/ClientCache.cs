using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The clients that this instance has cached. They are used only while the instance follows the changes of the others, and a client that
/// was read before a change is never cached after it.
/// </summary>
/// <param name="cache">The cached records.</param>
/// <param name="maxStaleness">For how long cached clients are used after the last confirmation.</param>
/// <param name="time">Measures it, by a monotonic clock.</param>
internal sealed class ClientCache(RecordCache<ClientId, RegisteredClient> cache, TimeSpan maxStaleness, TimeProvider time)
{
    private const int Stripes = 1024;

    private readonly Lock _gate = new();
    private readonly long[] _generations = new long[Stripes];
    private long _confirmedAt = long.MinValue;

    /// <summary>The size of what is cached, roughly.</summary>
    public long Bytes => cache.Bytes;

    /// <summary>How old the last confirmation is; <see langword="null"/> before the first.</summary>
    public TimeSpan? Age => Volatile.Read(ref _confirmedAt) is var at && at != long.MinValue ? time.GetElapsedTime(at) : null;

    /// <summary>Whether the cache was confirmed recently enough.</summary>
    public bool IsFresh => Volatile.Read(ref _confirmedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) <= maxStaleness;

    /// <summary>The cached client; <see langword="null"/> when it is not cached, or the cache is not fresh.</summary>
    public RegisteredClient? Find(ClientId id) => IsFresh && cache.TryGet(id, out var known) ? known : null;

    /// <summary>The number of changes so far, to be read before a client that is to be cached.</summary>
    public long GenerationOf(ClientId id) => Volatile.Read(ref _generations[StripeOf(id)]);

    /// <summary>Caches a client, unless it may have changed since <see cref="GenerationOf"/> was read.</summary>
    public void Add(RegisteredClient client, int recordBytes, long generation)
    {
        lock (_gate)
        {
            if (_generations[StripeOf(client.Id)] == generation)
            {
                cache.Put(client.Id, client, recordBytes);
            }
        }
    }

    /// <summary>Drops a client that changed.</summary>
    public void Invalidate(ClientId id)
    {
        lock (_gate)
        {
            _generations[StripeOf(id)]++;
            cache.Remove(id);
        }
    }

    /// <summary>Drops all clients.</summary>
    public void InvalidateAll()
    {
        lock (_gate)
        {
            for (var i = 0; i < Stripes; i++)
            {
                _generations[i]++;
            }

            cache.Clear();
        }
    }

    /// <summary>All that other instances changed up to that time was invalidated.</summary>
    /// <param name="timestamp">Of the clock, taken before the database was queried.</param>
    public void ConfirmedAt(long timestamp) => Volatile.Write(ref _confirmedAt, timestamp);

    private static int StripeOf(ClientId id) => id.GetHashCode() & (Stripes - 1);
}
