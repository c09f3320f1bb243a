using System.Threading.Channels;

namespace GrpcDcr.Faults.Tests.Load;

/// <summary>A client that was registered, as the one who registered it knows it.</summary>
/// <param name="Id">Its <c>client_id</c>.</param>
/// <param name="Secret">Its <c>client_secret</c>.</param>
internal sealed record OwnClient(string Id, string Secret)
{
    /// <summary>The last registration access token that was shown. It opens the client, also when the answer with a newer one was lost.</summary>
    public required string Token { get; set; }

    /// <summary>Whether a change had no answer: it may still be under way, and a newer token with it.</summary>
    public bool IsUncertain { get; set; }
}

/// <summary>Who is there to be decided about and looked up.</summary>
internal sealed class Population
{
    private readonly Lock gate = new();
    private readonly OwnClient?[] watched = new OwnClient?[5];
    private int next;

    /// <summary>Registered, and waiting for an operator.</summary>
    public Channel<OwnClient> Undecided { get; } = Channel.CreateUnbounded<OwnClient>();

    /// <summary>Those who changed last, whom lookups are most likely to have wrong.</summary>
    public IReadOnlyList<OwnClient> Watched
    {
        get
        {
            lock (gate)
            {
                return [.. watched.OfType<OwnClient>()];
            }
        }
    }

    public void Watch(OwnClient client)
    {
        lock (gate)
        {
            if (!watched.Contains(client))
            {
                watched[next++ % watched.Length] = client;
            }
        }
    }
}
