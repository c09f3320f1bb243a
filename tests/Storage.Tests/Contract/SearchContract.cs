using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Reference;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Searches for clients: every filter, in both orders, on pages of any size, while clients come, change and go.</summary>
public abstract class SearchContract : StoreContract
{
    private readonly Dictionary<ClientId, RegisteredClient> _expected = [];

    private protected SearchContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Finds_exactly_the_clients_that_match_whatever_happened_to_them_before(ulong seed)
    {
        var dice = new Dice(seed);
        var population = new Population(dice);
        await AddAsync(population, 150);
        await ChangeAsync(population, dice, 60);
        await AddAsync(population, 30);
        await SearchAsync(population, dice, 60);

        await ReopenAsync();
        await ChangeAsync(population, dice, 30);
        await SearchAsync(population, dice, 40);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Each_match_is_seen_once_while_others_arrive(ulong seed)
    {
        var dice = new Dice(seed);
        var population = new Population(dice);
        await AddAsync(population, 120);
        for (var round = 0; round < 12; round++)
        {
            var there = _expected.Values.ToList();
            var filter = population.Filter(there);
            foreach (var order in Enum.GetValues<ListOrder>())
            {
                var seen = new List<ClientId>();
                PageToken? token = null;
                do
                {
                    var page = await Store.ListAsync(
                        filter, new PageRequest(1 + dice.Below(9), token, order), TestContext.Current.CancellationToken);
                    seen.AddRange(page.Items.Select(c => c.Id));
                    token = page.NextToken;
                    await AddAsync(population, seen.Count < 100 ? 1 + dice.Below(2) : 0);
                }
                while (token is not null);

                var lasting = there.Where(filter.Matches).Select(c => c.Id).Order().ToList();
                Assert.Equal(seen.Distinct(), seen);
                Assert.Equal(lasting, seen.Where(lasting.Contains).Order());
            }
        }
    }

    [Fact]
    public async Task A_newest_first_list_shows_nothing_that_arrives_after_its_first_page()
    {
        var population = new Population(new Dice(6));
        await AddAsync(population, 9);
        var there = _expected.Keys.OrderDescending().ToList();
        var first = await Store.ListAsync(ClientFilter.All, new PageRequest(4, null, ListOrder.NewestFirst), CancellationToken.None);

        await AddAsync(population, 9);
        var second = await Store.ListAsync(
            ClientFilter.All, new PageRequest(100, first.NextToken, ListOrder.NewestFirst), CancellationToken.None);

        Assert.Equal(there, first.Items.Concat(second.Items).Select(c => c.Id));
        Assert.Null(second.NextToken);
    }

    [Theory]
    [InlineData(AdmissionNames.Open)]
    [InlineData(AdmissionNames.InitialAccessToken)]
    [InlineData(AdmissionNames.SoftwareStatement)]
    [InlineData(AdmissionNames.Administrator)]
    public async Task Finds_a_client_by_how_it_was_admitted_and_by_who_is_responsible(string admission)
    {
        var token = new InitialAccessTokenId(Sample.NewId().Value);
        var sought = Sample.NewClient() with
        {
            AdmittedBy = admission,
            InitialAccessTokenId = token,
            Constraints = new RegistrationConstraints { Owner = "team x" },
            Annotations = ClientAnnotations.Of([new("team", "billing")]),
        };
        foreach (var other in new[]
        {
            AdmissionNames.Open, AdmissionNames.InitialAccessToken, AdmissionNames.SoftwareStatement, AdmissionNames.Administrator,
        }.Where(other => other != admission))
        {
            await Store.AddAsync(Sample.NewClient() with { AdmittedBy = other });
        }

        await Store.AddAsync(sought);
        await ReopenAsync();

        foreach (var filter in new ClientFilter[]
        {
            new() { AdmittedBy = admission }, new() { InitialAccessTokenId = token }, new() { Owner = "team x" },
            new() { Annotation = new("team", null) }, new() { Annotation = new("team", "billing") },
            new(ClientState.Pending) { AdmittedBy = admission, InitialAccessTokenId = token, Owner = "team x" },
        })
        {
            Expect.Same([sought], await Store.AllAsync(filter, 10, ListOrder.NewestFirst));
        }

        Assert.Empty(await Store.AllAsync(new ClientFilter { Owner = "team y" }, 10, ListOrder.NewestFirst));
        Assert.Empty(await Store.AllAsync(new ClientFilter { Annotation = new("team", "other") }, 10, ListOrder.NewestFirst));
    }

    private async Task AddAsync(Population population, int count)
    {
        var added = Enumerable.Range(0, count).Select(_ => population.Client()).ToList();
        await Task.WhenAll(added.Select(c => Store.AddAsync(c).AsTask()));
        added.ForEach(c => _expected[c.Id] = c);
    }

    private async Task ChangeAsync(Population population, Dice dice, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var before = dice.Of(_expected.Values.ToList());
            if (dice.OneIn(3))
            {
                Assert.Equal(RemoveOutcome.Removed, await Store.RemoveAsync(before.Id, before.Version));
                _expected.Remove(before.Id);
                continue;
            }

            var next = population.Client(before);
            Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(next));
            _expected[next.Id] = next;
        }
    }

    private async Task SearchAsync(Population population, Dice dice, int count)
    {
        var all = _expected.Values.OrderBy(c => c.Id).ToList();
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var (filter, order) = (population.Filter(all), dice.Of(Enum.GetValues<ListOrder>()));
            var matching = all.Where(filter.Matches);
            var listed = await Store.AllAsync(filter, 1 + dice.Below(40), order);

            Expect.Same(order == ListOrder.OldestFirst ? matching : matching.Reverse(), listed);
            found += listed.Count;
        }

        var (counts, expected) = (await Store.CountAsync(CancellationToken.None), MemoryRules.CountsOf(all));
        Assert.Equal(Enum.GetValues<ClientState>().Select(expected.Of), Enum.GetValues<ClientState>().Select(counts.Of));
        Assert.Equal(expected with { ByState = counts.ByState }, counts);
        Assert.True(found > count, $"Only {found} clients matched {count} filters.");
    }
}
