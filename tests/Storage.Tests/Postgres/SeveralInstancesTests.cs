using System.Diagnostics;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>Several stores on the same tables, as instances have them.</summary>
public sealed class SeveralInstancesTests : IAsyncLifetime
{
    private const int Instances = 4;

    private readonly PostgresHome _home = new();
    private readonly List<IRegistrationStore> _stores = [];

    public async ValueTask InitializeAsync()
    {
        // They start together, on tables that are not there yet.
        _stores.AddRange(await Task.WhenAll(Enumerable.Range(0, Instances).Select(_ => _home.OpenAsync())));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await _home.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Of_32_registrations_over_all_instances_a_token_admits_as_many_as_it_has_uses(int uses)
    {
        for (var round = 0; round < 5; round++)
        {
            var token = Sample.NewInitialAccessToken(uses);
            await _stores[0].AddInitialAccessTokenAsync(token);

            var outcomes = await Racing.RaceAsync(racer => Of(racer).AddAsync(Sample.NewClient(), new ConsumedCredentials(token.Id)));

            Assert.Equal(uses, outcomes.Count(o => o == AddOutcome.Added));
            Assert.Equal(uses, (await _stores[1].FindInitialAccessTokenAsync(token.Id))!.Uses);
        }
    }

    [Fact]
    public async Task Of_changes_of_one_version_over_all_instances_one_wins()
    {
        var client = Sample.NewClient();
        await _stores[0].AddAsync(client);
        for (var version = 1L; version <= 10; version++)
        {
            var outcomes = await Racing.RaceAsync(racer => Of(racer).ReplaceAsync(Sample.Client(client.Id, version + 1, mark: $"{racer}")));

            Assert.Single(outcomes, ReplaceOutcome.Replaced);
            var winner = Array.IndexOf(outcomes, ReplaceOutcome.Replaced);
            Expect.Same(Sample.Client(client.Id, version + 1, mark: $"{winner}"), await Of(winner + 1).FindAsync(client.Id));
        }
    }

    [Fact]
    public async Task Audit_events_of_all_instances_are_numbered_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () => await Of(i).AddAsync(Sample.NewClient()))));

        var events = await _stores[0].AuditAsync();

        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), events.Select(e => e.Sequence));
        Assert.Equal(400, events.Select(e => e.ClientId).Distinct().Count());
    }

    [Fact]
    public async Task Pages_of_one_instance_stay_good_while_others_insert_and_remove()
    {
        var lasting = Enumerable.Range(0, 100).Select(_ => Sample.NewClient()).ToList();
        await Task.WhenAll(lasting.Select((c, i) => Of(i).AddAsync(c).AsTask()));
        using var ending = new CancellationTokenSource();
        var passing = Task.WhenAll(_stores.Skip(1).Select(store => Task.Run(() => ComeAndGoAsync(store, ending.Token))));

        for (var round = 0; round < 5; round++)
        {
            var seen = (await _stores[0].AllAsync(ClientState.Pending, 7)).ConvertAll(c => c.Id);
            Assert.Equal(lasting.Select(c => c.Id), seen.Where(lasting.Select(c => c.Id).ToHashSet().Contains));
            Assert.Equal(seen.Order().Distinct(), seen);
        }

        await ending.CancelAsync();
        await passing;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_instance_changed_the_others_recall_within_a_second(bool notifications)
    {
        await using var other = new PostgresHome { Options = _home.Options with { Notifications = notifications } };
        await using var reader = await other.OpenAsync();
        for (var round = 0; round < 3; round++)
        {
            var client = Sample.NewClient();
            await _stores[0].AddAsync(client);
            Expect.Same(client, await reader.GetCachedAsync(client.Id, CancellationToken.None));

            await _stores[0].ReplaceAsync(client.Next(ClientState.Suspended));
            await HonoursAsync(reader, client.Id, c => c?.State == ClientState.Suspended);
            await _stores[0].RemoveAsync(client.Id, 2);
            await HonoursAsync(reader, client.Id, c => c is null);
        }
    }

    [Fact]
    public async Task Whoever_changed_it_recalls_it_at_once()
    {
        for (var round = 0; round < 50; round++)
        {
            var client = Sample.NewClient();
            await _stores[0].AddAsync(client);
            await _stores[0].GetCachedAsync(client.Id, CancellationToken.None);

            await _stores[0].ReplaceAsync(client.Next());

            Expect.Same(client.Next(), await _stores[0].GetCachedAsync(client.Id, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Finds_what_another_instance_changed_at_once_whatever_is_remembered()
    {
        var client = Sample.NewClient();
        await _stores[0].AddAsync(client);
        for (var version = 1; version < 50; version++)
        {
            await _stores[1].GetCachedAsync(client.Id, CancellationToken.None);
            client = client.Next();
            await _stores[0].ReplaceAsync(client);

            Expect.Same(client, await _stores[1].FindAsync(client.Id));
        }
    }

    [Fact]
    public async Task A_status_set_on_one_instance_is_that_of_all_within_a_second()
    {
        var closed = new RegistrationStatus(true, "flood", Sample.Start);
        await _stores[0].SetRegistrationStatusAsync(closed);

        Assert.Equal(closed, await _stores[0].GetRegistrationStatusAsync());
        foreach (var store in _stores)
        {
            await WithinASecondAsync(async () => await store.GetRegistrationStatusAsync() == closed);
        }
    }

    [Fact]
    public async Task A_block_rule_created_on_one_instance_is_in_effect_on_all_within_a_second_and_so_is_its_end()
    {
        var rule = new BlockRule(
            Guid.CreateVersion7(), BlockSubject.RedirectHost, "evil.example", BlockEffect.Refuse, "abuse", Sample.Start, "alice");
        await _stores[0].AddBlockRuleAsync(rule);
        foreach (var store in _stores)
        {
            await WithinASecondAsync(async () => (await store.GetRegistrationStatusAsync()).BlockRules.Contains(rule));
        }

        Assert.Equal(RemoveOutcome.Removed, await _stores[^1].RemoveBlockRuleAsync(rule.Id));
        foreach (var store in _stores)
        {
            await WithinASecondAsync(async () => (await store.GetRegistrationStatusAsync()).BlockRules.Count == 0);
        }
    }

    private IRegistrationStore Of(int racer) => _stores[racer % Instances];

    private static async Task HonoursAsync(IRegistrationStore reader, ClientId id, Func<RegisteredClient?, bool> honoured)
    {
        await WithinASecondAsync(async () => honoured(await reader.GetCachedAsync(id, CancellationToken.None)));

        // And never goes back.
        Assert.True(honoured(await reader.GetCachedAsync(id, CancellationToken.None)));
    }

    private static async Task WithinASecondAsync(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), "It took more than a second.");
            await Task.Yield();
        }
    }

    private static async Task ComeAndGoAsync(IRegistrationStore store, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var client = Sample.NewClient();
            await store.AddAsync(client);
            await store.RemoveAsync(client.Id, 1);
        }
    }
}
