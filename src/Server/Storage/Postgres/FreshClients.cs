using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Clients remembered by this instance. They count only while the instance hears from the database what others changed, and what was read
/// before a change never enters after it.
/// </summary>
/// <param name="cache">The memory.</param>
/// <param name="maxStaleness">For how long the last word of the database counts.</param>
/// <param name="time">Measures it, by a clock that nobody sets.</param>
internal sealed class FreshClients(RecordCache<ClientId, RegisteredClient> cache, TimeSpan maxStaleness, TimeProvider time)
{
    private const int Stripes = 1024;

    private readonly Lock _gate = new();
    private readonly long[] _changes = new long[Stripes];
    private long _heardAt = long.MinValue;

    /// <summary>Whether the database was heard lately enough.</summary>
    public bool AreFresh => Volatile.Read(ref _heardAt) is var at && at != long.MinValue && time.GetElapsedTime(at) <= maxStaleness;

    /// <summary>The client as it is remembered; <see langword="null"/> when it is not, or does not count.</summary>
    public RegisteredClient? Recall(ClientId id) => AreFresh && cache.TryGet(id, out var known) ? known : null;

    /// <summary>To be asked before reading a client that is to be remembered.</summary>
    public long ChangesOf(ClientId id) => Volatile.Read(ref _changes[StripeOf(id)]);

    /// <summary>Remembers a client, unless it may have changed since <see cref="ChangesOf"/> was asked.</summary>
    public void Remember(RegisteredClient client, int recordBytes, long changesBefore)
    {
        lock (_gate)
        {
            if (_changes[StripeOf(client.Id)] == changesBefore)
            {
                cache.Put(client.Id, client, recordBytes);
            }
        }
    }

    /// <summary>Forgets a client that changed.</summary>
    public void Forget(ClientId id)
    {
        lock (_gate)
        {
            _changes[StripeOf(id)]++;
            cache.Remove(id);
        }
    }

    /// <summary>Forgets all clients.</summary>
    public void ForgetAll()
    {
        lock (_gate)
        {
            for (var i = 0; i < Stripes; i++)
            {
                _changes[i]++;
            }

            cache.Clear();
        }
    }

    /// <summary>All that others changed up to that time was forgotten.</summary>
    /// <param name="at">A timestamp of the clock, taken before the database was asked.</param>
    public void HeardAt(long at) => Volatile.Write(ref _heardAt, at);

    private static int StripeOf(ClientId id) => id.GetHashCode() & (Stripes - 1);
}
