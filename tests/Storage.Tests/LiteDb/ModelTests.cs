using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Reference;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Random changes and questions, some at once, with openings between: the engine answers as the reference model does.</summary>
public sealed class ModelTests
{
    private const int Steps = 400;
    private const int Identifiers = 25;

    private static readonly ClientState[] States = Enum.GetValues<ClientState>();
    private static readonly AuditEventType[] Types = Enum.GetValues<AuditEventType>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    internal async Task Answers_as_the_reference_model_does(ulong seed)
    {
        var dice = new Dice(seed);
        await using var home = new SimulatedHome();
        var modelHome = new MemoryHome();
        var ids = Enumerable.Range(0, Identifiers).Select(_ => ClientId.FromBytes(dice.Bytes(16))).ToList();
        var change = new RandomChange(dice, ids);
        for (var opening = 0; opening < 5; opening++)
        {
            await using var store = await home.OpenAsync();
            await using var model = await modelHome.OpenAsync();
            for (var step = 0; step < Steps / 5; step++)
            {
                var act = dice.OneIn(3) ? Question(dice, ids, change.Tokens) : Together(dice, change);
                Assert.Equal(await act(model), await act(store));
            }

            Expect.Same(await model.AllAsync(), await store.AllAsync());
            Expect.Same(await model.AuditAsync(), await store.AuditAsync());
            Expect.Same(await model.InitialAccessTokensAsync(), await store.InitialAccessTokensAsync());
        }
    }

    private static string Text(RegistrationStatus status) => $"{status with { BlockRules = [] }} {string.Join(", ", status.BlockRules)}";

    /// <summary>Changes that reach the store in this order, and probably share a batch.</summary>
    private static Func<IRegistrationStore, Task<string>> Together(Dice dice, RandomChange change)
    {
        var changes = Enumerable.Range(0, 1 + dice.Below(12)).Select(_ => change.Roll()).ToList();
        return async store => string.Join(' ', await Task.WhenAll(changes.ConvertAll(c => c(store))));
    }

    private static Func<IRegistrationStore, Task<string>> Question(Dice dice, List<ClientId> ids, List<InitialAccessTokenId> tokens)
    {
        var id = dice.Of(ids);
        var size = 1 + dice.Below(9);
        ClientState? state = dice.OneIn(3) ? null : dice.Of(States);
        var filter = new AuditFilter(
            dice.OneIn(2) ? id : null,
            dice.OneIn(2) ? dice.Of(Types) : null,
            dice.OneIn(2) ? Sample.Start.AddMinutes(dice.Below(100)) : null);
        var token = dice.Of(tokens);
        return dice.Below(7) switch
        {
            0 => async s => Expect.Text(await s.FindAsync(id)),
            1 => async s => Texts((await s.ListAsync(state, size, new PageToken(id.ToBytes()))).Items),
            2 => async s => Texts(await s.AllAsync(state, size)),
            3 => async s => Expect.Text(await s.FindInitialAccessTokenAsync(token)),
            4 => async s => string.Join(' ', (await s.InitialAccessTokensAsync(size)).Select(Expect.Text)),
            5 => async s => Text(await s.GetRegistrationStatusAsync()),
            _ => async s => string.Join(' ', (await s.AuditAsync(filter, size)).Select(e => $"{e.Sequence}{e.Type}{e.ClientId}")),
        };
    }

    private static string Texts(IEnumerable<RegisteredClient> clients) => string.Join(' ', clients.Select(Expect.Text));
}
