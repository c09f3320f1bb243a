using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>
/// Clients lie in runs, by their identifiers. Whatever the order of additions, changes and removals: each client is in one place, and lists
/// are in order.
/// </summary>
public sealed class ClientRunTests : IAsyncLifetime
{
    private static readonly ClientState[] States = Enum.GetValues<ClientState>();

    private readonly SimulatedHome _home = new();
    private readonly SortedDictionary<ClientId, RegisteredClient> _expected = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Clients_are_found_and_listed_whatever_the_order_of_their_identifiers(ulong seed)
    {
        var dice = new Dice(seed);
        for (var session = 0; session < 4; session++)
        {
            await using var store = await _home.OpenAsync();
            for (var step = 0; step < 60; step++)
            {
                await ActAsync(store, dice);
            }

            await CheckAsync(store);
        }

        await using var reopened = await _home.OpenAsync();
        await CheckAsync(reopened);
    }

    /// <summary>Identifiers from a short range of times, so that most come before clients that are stored already.</summary>
    private static RegisteredClient NewClient(Dice dice)
    {
        var time = DateTimeOffset.UnixEpoch.AddYears(50).AddMilliseconds(dice.Below(500));
        return Sample.NewClient() with { Id = new ClientId(Guid.CreateVersion7(time)), State = dice.Of(States) };
    }

    private async Task ActAsync(IRegistrationStore store, Dice dice)
    {
        var known = _expected.Values.ElementAtOrDefault(dice.Below(Math.Max(1, _expected.Count)));
        switch (dice.Below(known is null ? 1 : 4))
        {
            case 0 or 1:
                var added = Enumerable.Range(0, 1 + dice.Below(50)).Select(_ => NewClient(dice)).ToArray();
                await Task.WhenAll(added.Select(client => store.AddAsync(client).AsTask()));
                Array.ForEach(added, client => _expected[client.Id] = client);
                break;
            case 2:
                var next = known!.Next() with { State = dice.Of(States) };
                Assert.Equal(ReplaceOutcome.Replaced, await store.ReplaceAsync(next));
                _expected[next.Id] = next;
                break;
            case 3:
                Assert.Equal(RemoveOutcome.Removed, await store.RemoveAsync(known!.Id, known.Version));
                _expected.Remove(known!.Id);
                break;
        }
    }

    private async Task CheckAsync(IRegistrationStore store)
    {
        Assert.Equal(_expected.Keys, (await store.AllAsync()).Select(client => client.Id));
        foreach (var state in States)
        {
            var listed = await store.AllAsync(state, size: 7);
            Assert.Equal(
                _expected.Values.Where(client => client.State == state).Select(client => client.Id), listed.Select(client => client.Id));
        }

        foreach (var client in _expected.Values)
        {
            var found = await store.FindAsync(client.Id);
            Assert.Equal((client.Version, client.State), (found?.Version, found?.State));
        }
    }
}
