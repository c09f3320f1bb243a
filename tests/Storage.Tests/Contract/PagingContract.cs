using GrpcDcr.Server.Model;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Lists of clients: order, states, pages that stay good while clients come and go.</summary>
public abstract class PagingContract : StoreContract
{
    private static readonly ClientState[] States = Enum.GetValues<ClientState>();

    private protected PagingContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Lists_clients_in_the_order_of_their_identifiers_whatever_the_order_they_came_in()
    {
        var dice = new Dice(6);
        var clients = Enumerable.Range(0, 60).Select(_ => Sample.Client(ClientId.FromBytes(dice.Bytes(16)))).ToList();
        await AddAllAsync(clients);

        var listed = await Store.AllAsync(size: 7);

        Assert.Equal(clients.Select(c => Convert.ToHexString(c.Id.ToBytes())).Order(StringComparer.Ordinal),
            listed.Select(c => Convert.ToHexString(c.Id.ToBytes())));
        Expect.Same(clients.OrderBy(c => c.Id), listed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(500)]
    public async Task Lists_each_client_of_a_state_once_with_pages_of_any_size(int size)
    {
        var clients = Enumerable.Range(0, 80).Select(i => Sample.NewClient(States[i % 4])).ToList();
        await AddAllAsync(clients);

        foreach (var state in States)
        {
            Expect.Same(clients.Where(c => c.State == state), await Store.AllAsync(state, size));
        }

        Expect.Same(clients, await Store.AllAsync((ClientState?)null, size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task Lists_those_that_wait_for_a_decision(int size)
    {
        var clients = Enumerable.Range(0, 40)
            .Select(i => Sample.NewClient(States[i % 4]) is var client && i % 8 < 4 ? client with { PendingUpdate = null } : client)
            .ToList();
        await AddAllAsync(clients);

        Expect.Same(
            clients.Where(c => c.State == ClientState.Pending || c.PendingUpdate is not null),
            await Store.AllAsync(new ClientFilter(AwaitingApproval: true), size));
        Expect.Same(
            clients.Where(c => c.State == ClientState.Active && c.PendingUpdate is not null),
            await Store.AllAsync(new ClientFilter(ClientState.Active, AwaitingApproval: true), size));
        Expect.Same(clients.Where(c => c.State == ClientState.Active), await Store.AllAsync(ClientState.Active, size));
    }

    [Fact]
    public async Task A_client_is_listed_in_the_state_it_has_now()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        var active = client.Next();
        await Store.ReplaceAsync(active);

        Assert.Empty(await Store.AllAsync(ClientState.Pending));
        Expect.Same([active], await Store.AllAsync(ClientState.Active));
        await Store.RemoveAsync(client.Id, 2);
        Assert.Empty(await Store.AllAsync(ClientState.Active));
    }

    [Fact]
    public async Task The_last_page_says_that_nothing_follows()
    {
        await AddAllAsync(Enumerable.Range(0, 4).Select(_ => Sample.NewClient()));

        var first = await Store.ListAsync(ClientState.Pending, 2);
        var second = await Store.ListAsync(ClientState.Pending, 2, first.NextToken);

        Assert.NotNull(first.NextToken);
        Assert.Null(second.NextToken);
        Assert.Equal(2, second.Items.Count);
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(501, 500)]
    [InlineData(int.MaxValue, 500)]
    public async Task Page_sizes_are_clamped(int asked, int given)
    {
        await AddAllAsync(Enumerable.Range(0, 501).Select(_ => Sample.NewClient()));

        Assert.Equal(given, (await Store.ListAsync(null, asked)).Items.Count);
        Assert.Equal(given, (await Store.ListAsync(ClientState.Pending, asked)).Items.Count);
        Assert.Equal(given, (await Store.AuditPageAsync(new AuditFilter(), asked)).Items.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ClientState.Pending)]
    internal async Task A_token_outlives_the_client_it_was_taken_at(ClientState? state)
    {
        var clients = Enumerable.Range(0, 6).Select(_ => Sample.NewClient()).ToList();
        await AddAllAsync(clients);
        var first = await Store.ListAsync(state, 3);

        await Store.RemoveAsync(clients[2].Id, 1);
        await ReopenAsync();
        var second = await Store.ListAsync(state, 3, first.NextToken);

        Expect.Same(clients[3..], second.Items);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ClientState.Pending)]
    internal async Task Nobody_who_was_there_all_the_while_is_left_out_or_listed_twice(ClientState? state)
    {
        var dice = new Dice(26);
        var ids = Enumerable.Range(0, 300).Select(_ => Sample.NewId()).ToList();
        var lasting = ids.Where((_, i) => i % 3 == 0).ToHashSet();
        var passing = ids.Where(i => !lasting.Contains(i)).ToList();
        await AddAllAsync(ids.Where(i => lasting.Contains(i) || dice.OneIn(2)).Select(i => Sample.Client(i)));

        var seen = new List<ClientId>();
        PageToken? token = null;
        do
        {
            var page = await Store.ListAsync(state, 5, token);
            seen.AddRange(page.Items.Select(c => c.Id));
            token = page.NextToken;
            for (var i = 0; i < 5; i++)
            {
                var id = dice.Of(passing);
                _ = await Store.FindAsync(id) is null ? (object)await Store.AddAsync(Sample.Client(id)) : await Store.RemoveAsync(id, 1);
            }
        }
        while (token is not null);

        Assert.Equal(lasting.Order(), seen.Where(lasting.Contains));
        Assert.Equal(seen.Order().Distinct(), seen);
    }

    private async Task AddAllAsync(IEnumerable<RegisteredClient> clients) =>
        await Task.WhenAll(clients.Select(c => Store.AddAsync(c).AsTask()));
}
