using System.Runtime.InteropServices;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// How many fetches go on at once. Whoever waits for a host holds no place of the others, so one slow host stops nobody else.
/// </summary>
internal sealed class FetchSlots(int most, int mostPerHost)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HostSlots> _hosts = new(StringComparer.Ordinal);

    /// <summary>Never disposed, for a fetch may outlive whoever asked; it holds nothing of the system.</summary>
    private SemaphoreSlim Free { get; } = new(most);

    /// <summary>Hosts that somebody is at or waits for.</summary>
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

    /// <summary>Waits for a place and takes it; it is free again once disposed.</summary>
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
