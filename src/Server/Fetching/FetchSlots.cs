using System.Runtime.InteropServices;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Limits concurrent fetches. A caller that waits for a host does not hold a general slot, so a slow host does not block the others.
/// </summary>
internal sealed class FetchSlots(int most, int mostPerHost)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HostSlots> _hosts = new(StringComparer.Ordinal);

    /// <summary>Never disposed, because a fetch may outlive its caller; it holds no system resources.</summary>
    private SemaphoreSlim Free { get; } = new(most);

    /// <summary>Hosts with a running or waiting fetch.</summary>
    internal int Hosts
    {
        get
        {
            lock (_gate)
            {
                return _hosts.Count;
            }
        }
    }

    /// <summary>Waits for a slot and takes it; disposing the result frees it.</summary>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellationToken)
    {
        var own = Join(host);
        try
        {
            await own.Free.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(host, own);
            throw;
        }

        try
        {
            await Free.WaitAsync(cancellationToken);
        }
        catch
        {
            own.Free.Release();
            Leave(host, own);
            throw;
        }

        return new Slot(this, host, own);
    }

    private HostSlots Join(string host)
    {
        lock (_gate)
        {
            ref var slots = ref CollectionsMarshal.GetValueRefOrAddDefault(_hosts, host, out _);
            slots ??= new HostSlots(mostPerHost);
            slots.Users++;
            return slots;
        }
    }

    private void Leave(string host, HostSlots slots)
    {
        lock (_gate)
        {
            if (--slots.Users == 0)
            {
                _hosts.Remove(host);
            }
        }
    }

    private sealed class HostSlots(int most)
    {
        public SemaphoreSlim Free { get; } = new(most);

        public int Users { get; set; }
    }

    private sealed class Slot(FetchSlots slots, string host, HostSlots own) : IDisposable
    {
        public void Dispose()
        {
            slots.Free.Release();
            own.Free.Release();
            slots.Leave(host, own);
        }
    }
}
