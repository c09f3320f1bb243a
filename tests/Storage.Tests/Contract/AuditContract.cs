using System.Net;
using GrpcDcr.Server.Model;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Audit events: one for each change, numbered without gaps, found by client, type and time.</summary>
public abstract class AuditContract : StoreContract
{
    /// <summary>In seconds; the samples are 5 seconds apart, 300 in all.</summary>
    private static readonly (int? From, int? Until)[] Ranges =
        [(null, null), (100, null), (null, 200), (100, 200), (200, 100), (9999, null)];

    private protected AuditContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Lists_an_event_exactly_as_it_was_recorded()
    {
        var full = Sample.Event(Sample.NewId(), AuditEventType.ClientSuspended, 3);
        var bare = new AuditEvent { Time = Sample.Start, Type = AuditEventType.RegistrationRefused, Actor = Actor.System };
        await Store.RecordAsync(full);
        await Store.RecordAsync(bare);

        await ReopenAsync();

        Expect.Same([full with { Sequence = 1 }, bare with { Sequence = 2 }], await Store.AuditAsync());
    }

    [Fact]
    public async Task Each_change_leaves_its_event_and_no_other()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        await Store.ReplaceAsync(client.Next());
        await Store.RecordAsync(Sample.Event(version: 7));
        await Store.RemoveAsync(client.Id, 2);

        var events = await Store.AuditAsync();

        Assert.Equal([1, 2, 7, 0], events.Select(e => e.ClientRevision));
        Assert.Equal([1, 2, 3, 4], events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_change_that_did_not_happen_leaves_no_event()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);

        await Store.AddAsync(client);
        await Store.AddAsync(Sample.Client(client.Id, mark: "another"));
        await Store.ReplaceAsync(Sample.Client(client.Id, 5));
        await Store.ReplaceAsync(Sample.NewClient().Next());
        await Store.RemoveAsync(client.Id, 5);
        await Store.RemoveAsync(Sample.NewId(), 1);

        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task The_store_numbers_events_whatever_the_caller_put_there()
    {
        await Store.RecordAsync(Sample.Event() with { Sequence = 900 });
        await ReopenAsync();
        await Store.RecordAsync(Sample.Event() with { Sequence = -1 });

        Assert.Equal([1, 2], (await Store.AuditAsync()).Select(e => e.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(500)]
    public async Task All_that_is_set_in_a_filter_must_hold(int size)
    {
        var (recorded, clients) = await RecordManyAsync();

        foreach (var client in clients.Append(null).Append(Sample.NewId()))
        {
            foreach (AuditEventType? type in new AuditEventType?[] { null, AuditEventType.ClientRegistered, AuditEventType.ClientDeleted })
            {
                foreach (var (from, until) in Ranges)
                {
                    var filter = new AuditFilter(client, type, At(from), At(until));
                    Expect.Same(recorded.Where(filter.Matches), await Store.AuditAsync(filter, size));
                    Expect.Same(
                        recorded.Where(filter.Matches).Reverse(), await Store.AuditAsync(filter, size, ListOrder.NewestFirst));
                }
            }
        }

        static DateTimeOffset? At(int? seconds) => seconds is { } s ? Sample.Start.AddSeconds(s) : null;
    }

    [Fact]
    public async Task A_time_range_includes_its_start_and_not_its_end()
    {
        foreach (var second in new[] { 1, 2, 2, 3, 3, 4 })
        {
            await Store.RecordAsync(Sample.Event(version: second));
        }

        var events = await Store.AuditAsync(new AuditFilter(From: Sample.Start.AddSeconds(2), Until: Sample.Start.AddSeconds(3)));

        Assert.Equal([2, 3], events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Finds_events_by_time_although_the_clock_stepped_back()
    {
        int[] minutes = [0, 50, 10, 59, 20, 100, 45, 101];
        foreach (var minute in minutes)
        {
            await Store.RecordAsync(Sample.Event(time: Sample.Start.AddMinutes(minute)));
        }

        await ReopenAsync();
        for (var from = 0; from <= 102; from++)
        {
            var after = await Store.AuditAsync(new AuditFilter(From: Sample.Start.AddMinutes(from)), 2);
            var before = await Store.AuditAsync(new AuditFilter(Until: Sample.Start.AddMinutes(from)), 2);
            var latest = await Store.AuditAsync(new AuditFilter(From: Sample.Start.AddMinutes(from)), 2, ListOrder.NewestFirst);
            var earlier = await Store.AuditAsync(new AuditFilter(Until: Sample.Start.AddMinutes(from)), 2, ListOrder.NewestFirst);

            Assert.Equal(Numbers(m => m >= from), after.Select(e => e.Sequence));
            Assert.Equal(Numbers(m => m < from), before.Select(e => e.Sequence));
            Assert.Equal(Numbers(m => m >= from).Reverse(), latest.Select(e => e.Sequence));
            Assert.Equal(Numbers(m => m < from).Reverse(), earlier.Select(e => e.Sequence));
        }

        IEnumerable<long> Numbers(Func<int, bool> which) => minutes.Index().Where(m => which(m.Item)).Select(m => m.Index + 1L);
    }

    [Fact]
    public async Task Walking_on_after_the_last_page_was_read_shows_what_came_since()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Store.RecordAsync(Sample.Event()).AsTask()));
        var first = await Store.AuditPageAsync(new AuditFilter(), 5);
        await Store.RecordAsync(Sample.Event(version: 8));

        var rest = await Store.AuditPageAsync(new AuditFilter(), 5, first.NextToken);

        Assert.Equal([6, 7], rest.Items.Select(e => e.Sequence));
        Assert.Null(rest.NextToken);
    }

    [Fact]
    public async Task A_rare_event_is_found_behind_many_others()
    {
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(_ => Store.RecordAsync(Sample.Event()).AsTask()));
        await Store.RecordAsync(Sample.Event(type: AuditEventType.ClientSecretRotated));

        var found = await Store.AuditAsync(new AuditFilter(Type: AuditEventType.ClientSecretRotated), 10);

        Assert.Equal(2501, Assert.Single(found).Sequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(500)]
    public async Task Events_are_found_by_actor_and_source_network_in_both_orders(int size)
    {
        var recorded = new List<AuditEvent>();
        for (var i = 0; i < 40; i++)
        {
            var e = Sample.Event(version: i) with
            {
                Actor = new Actor(i % 3 == 0 ? "anna" : "ben", ActorRole.Admin),
                SourceAddress = i % 7 == 0 ? null : i % 2 == 0 ? $"192.0.2.{i}" : $"2001:db8::{i}",
            };
            await Store.RecordAsync(e);
            recorded.Add(e with { Sequence = i + 1 });
        }

        foreach (var actor in new[] { null, "anna", "Anna" })
        {
            foreach (var network in new[] { null, "192.0.2.0/28", "2001:db8::/32", "198.51.100.0/24" })
            {
                var filter = new AuditFilter { Actor = actor, SourceNetwork = network is null ? null : IPNetwork.Parse(network) };
                var expected = recorded.Where(filter.Matches).ToList();
                Expect.Same(expected, await Store.AuditAsync(filter, size));
                expected.Reverse();
                Expect.Same(expected, await Store.AuditAsync(filter, size, ListOrder.NewestFirst));
            }
        }
    }

    [Fact]
    public async Task A_newest_first_list_shows_nothing_that_happens_after_its_first_page()
    {
        for (var i = 0; i < 6; i++)
        {
            await Store.RecordAsync(Sample.Event());
        }

        var first = await Store.AuditPageAsync(new AuditFilter(), 4, null, ListOrder.NewestFirst);
        await Store.RecordAsync(Sample.Event());
        var second = await Store.AuditPageAsync(new AuditFilter(), 4, first.NextToken, ListOrder.NewestFirst);

        Assert.Equal([6, 5, 4, 3, 2, 1], first.Items.Concat(second.Items).Select(e => e.Sequence));
        Assert.Null(second.NextToken);
    }

    private async Task<(List<AuditEvent> Recorded, List<ClientId?> Clients)> RecordManyAsync()
    {
        AuditEventType[] types = [AuditEventType.ClientRegistered, AuditEventType.ClientApproved, AuditEventType.ClientDeleted];
        var clients = Enumerable.Range(0, 3).Select(_ => (ClientId?)Sample.NewId()).ToList();
        var recorded = new List<AuditEvent>();
        for (var i = 0; i < 60; i++)
        {
            var e = Sample.Event(i % 5 == 4 ? null : clients[i % 3], types[i % 7 % 3], i * 5);
            await Store.RecordAsync(e);
            recorded.Add(e with { Sequence = i + 1 });
        }

        return (recorded, clients);
    }
}
