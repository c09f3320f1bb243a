using System.Threading.Channels;

namespace GrpcDcr.Resilience.Tests.Load;

/// <summary>A client that was registered, as the one who registered it knows it.</summary>
/// <param name="Id">Its <c>client_id</c>.</param>
/// <param name="Secret">Its <c>client_secret</c>.</param>
internal sealed record OwnClient(string Id, string Secret)
{
    /// <summary>
    /// The last registration access token that was shown. It opens the client, also when the answer with a newer one was lost.
    /// </summary>
    public required string Token { get; set; }

    /// <summary>Whether a change had no answer: it may still be under way, and a newer token with it.</summary>
    public bool IsUncertain { get; set; }
}

/// <summary>Who is there to be decided about and looked up.</summary>
internal sealed class Population(Recorder recorder)
{
    /// <summary>Longer than memory may be old, so that what is remembered for too long shows.</summary>
    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly (OwnClient? Client, TimeSpan Since)[] _watched = new (OwnClient?, TimeSpan)[6];

    /// <summary>Registered, and waiting for an administrator.</summary>
    public Channel<OwnClient> Undecided { get; } = Channel.CreateUnbounded<OwnClient>();

    /// <summary>Those whom lookups are about.</summary>
    public IReadOnlyList<OwnClient> Watched
    {
        get
        {
            lock (_gate)
            {
                return [.. _watched.Select(one => one.Client).OfType<OwnClient>()];
            }
        }
    }

    /// <summary>Has a client looked up for a while, if it is somebody else's turn to go.</summary>
    public void Watch(OwnClient client)
    {
        lock (_gate)
        {
            var oldest = Array.FindIndex(_watched, one => one.Client is null || recorder.Now - one.Since > WatchTime);
            if (oldest >= 0 && !Array.Exists(_watched, one => one.Client == client))
            {
                _watched[oldest] = (client, recorder.Now);
            }
        }
    }
}
