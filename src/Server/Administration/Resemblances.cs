using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Administration;

/// <summary>
/// Finds the suspended and rejected clients that a client which waits for a decision resembles. Built when an administrator looks at such a
/// client, and at most a second old then.
/// </summary>
internal sealed class Resemblances(IClientReader store, TimeProvider time) : IDisposable
{
    /// <summary>The most clients of a state that are compared: the oldest ones. Bounds the time and the memory of a build.</summary>
    private const int MaxStoppedClients = 20_000;

    private const int MaxShown = 10;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private static readonly ClientState[] Stopped = [ClientState.Suspended, ClientState.Rejected];

    private readonly SemaphoreSlim _building = new(1);
    private Dictionary<(BlockSubject, string), List<ClientId>> _stopped = [];
    private long _builtAt;
    private bool _isBuilt;

    /// <summary>The latest ones, with what they share. Empty for a client that does not wait for a decision.</summary>
    public async Task<IReadOnlyList<Resemblance>> OfAsync(RegisteredClient client, CancellationToken cancellationToken)
    {
        if (!client.IsAwaitingApproval)
        {
            return [];
        }

        var stopped = await StoppedAsync(cancellationToken);
        return
        [
            .. KeysOf(client)
                .SelectMany(key => (stopped.GetValueOrDefault(key) ?? []).Select(id => (Id: id, Subject: key.Item1)))
                .Where(found => found.Id != client.Id)
                .GroupBy(found => found.Id)
                .OrderByDescending(group => group.Key)
                .Take(MaxShown)
                .Select(group => new Resemblance(group.Key, [.. group.Select(found => found.Subject).Distinct().Order()])),
        ];
    }

    public void Dispose() => _building.Dispose();

    private async Task<Dictionary<(BlockSubject, string), List<ClientId>>> StoppedAsync(CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (!_isBuilt || time.GetElapsedTime(_builtAt) > MaxAge)
            {
                _stopped = await BuildAsync(cancellationToken);
                (_builtAt, _isBuilt) = (time.GetTimestamp(), true);
            }

            return _stopped;
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task<Dictionary<(BlockSubject, string), List<ClientId>>> BuildAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<(BlockSubject, string), List<ClientId>>();
        foreach (var state in Stopped)
        {
            PageToken? next = null;
            var count = 0;
            do
            {
                var page = await store.ListAsync(new ClientFilter(state), new PageRequest(PageRequest.MaxSize, next), cancellationToken);
                foreach (var client in page.Items)
                {
                    Add(found, client);
                }

                count += page.Items.Count;
                next = count < MaxStoppedClients ? page.NextToken : null;
            }
            while (next is not null);
        }

        return found;
    }

    private static void Add(Dictionary<(BlockSubject, string), List<ClientId>> found, RegisteredClient client)
    {
        foreach (var key in KeysOf(client))
        {
            if (!found.TryGetValue(key, out var ids))
            {
                found.Add(key, ids = []);
            }

            ids.Add(client.Id);
        }
    }

    private static IEnumerable<(BlockSubject, string)> KeysOf(RegisteredClient client) =>
        ClientTrait.Of(client.Latest, client.SourceAddress)
            .Where(trait => !trait.IsCommon && trait.Subject != BlockSubject.DocumentHost)
            .SelectMany(trait => trait.Subject == BlockSubject.ClientName ? ClientTrait.LooksOf(trait.Value) : [trait.Value],
                (trait, value) => (trait.Subject, value))
            .Distinct();
}

/// <summary>A suspended or rejected client, and what it shares with a client that waits for a decision.</summary>
internal sealed record Resemblance(ClientId ClientId, IReadOnlyList<BlockSubject> Shared);
