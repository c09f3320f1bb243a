using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Many callers at once.</summary>
public abstract class ConcurrencyContract : StoreContract
{
    private protected ConcurrencyContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Of_many_changes_that_expect_the_same_version_one_wins()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        for (var version = 1L; version <= 20; version++)
        {
            var outcomes = await Racing.RaceAsync(racer => Store.ReplaceAsync(
                Sample.Client(client.Id, version + 1, mark: $"{racer}"), version, null, Sample.Event(client.Id), CancellationToken.None));

            Assert.Single(outcomes, ReplaceOutcome.Replaced);
            Assert.Equal(Racing.Racers - 1, outcomes.Count(o => o == ReplaceOutcome.VersionConflict));
            var winner = Array.IndexOf(outcomes, ReplaceOutcome.Replaced);
            Expect.Same(Sample.Client(client.Id, version + 1, mark: $"{winner}"), await Store.FindAsync(client.Id));
        }

        Assert.Equal(21, (await Store.AuditAsync(new AuditFilter(client.Id))).Count);
    }

    [Fact]
    public async Task Of_many_clients_of_one_identifier_one_is_added()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = Sample.NewId();

            var outcomes = await Racing.RaceAsync(racer => Store.AddAsync(Sample.Client(id, mark: $"{racer}")));

            var winner = Array.IndexOf(outcomes, AddOutcome.Added);
            Assert.Single(outcomes, AddOutcome.Added);
            Expect.Same(Sample.Client(id, mark: $"{winner}"), await Store.FindAsync(id));
            Assert.Single(await Store.AuditAsync(new AuditFilter(id)));
        }
    }

    [Fact]
    public async Task Of_many_removals_one_removes()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);

        var outcomes = await Racing.RaceAsync(_ => Store.RemoveAsync(client.Id, 1));

        Assert.Single(outcomes, RemoveOutcome.Removed);
        Assert.Equal(Racing.Racers - 1, outcomes.Count(o => o == RemoveOutcome.NotFound));
    }

    [Fact]
    public async Task Changes_that_must_not_happen_do_not_disturb_their_neighbours()
    {
        var known = Sample.NewClient();
        await Store.AddAsync(known);
        var clients = Enumerable.Range(0, 400).Select(_ => Sample.NewClient()).ToList();

        var outcomes = await Task.WhenAll(clients.Select(async (client, i) => (i % 4) switch
        {
            0 => await Store.AddAsync(Sample.Client(known.Id, mark: "another")) == AddOutcome.ClientIdTaken,
            1 => await Store.ReplaceAsync(Sample.Client(known.Id, 8)) == ReplaceOutcome.VersionConflict,
            2 => await Store.RemoveAsync(Sample.NewId(), 1) == RemoveOutcome.NotFound,
            _ => await Store.AddAsync(client) == AddOutcome.Added,
        }));

        Assert.All(outcomes, Assert.True);
        Expect.Same(clients.Where((_, i) => i % 4 == 3).Prepend(known), await Store.AllAsync());
        Assert.Equal(Enumerable.Range(1, 101).Select(i => (long)i), (await Store.AuditAsync()).Select(e => e.Sequence));
    }

    [Fact]
    public async Task Whoever_was_told_reads_what_was_written() => await Racing.RaceAsync(async _ =>
    {
        for (var i = 0; i < 15; i++)
        {
            var client = Sample.NewClient();
            await Store.AddAsync(client);
            Expect.Same(client, await Store.FindAsync(client.Id));
            await Store.ReplaceAsync(client.Next());
            Expect.Same(client.Next(), await Store.FindAsync(client.Id));
            var at = new PageToken(Before(client.Id));
            Expect.Same(client.Next(), (await Store.ListAsync(ClientState.Active, 1, at)).Items[0]);
            Assert.Equal(2, (await Store.AuditAsync(new AuditFilter(client.Id))).Count);
            await Store.RemoveAsync(client.Id, 2);
            Assert.Null(await Store.FindAsync(client.Id));
        }

        return true;
    });

    [Fact]
    public async Task Sixteen_readers_beside_writers_never_see_a_wrong_or_torn_record()
    {
        var ids = Enumerable.Range(0, 5000).Select(_ => Sample.NewId()).ToList();
        foreach (var together in ids.Chunk(1000))
        {
            await Task.WhenAll(together.Select(i => Store.AddAsync(Sample.Client(i)).AsTask()));
        }

        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(4));

        var readers = Enumerable.Range(0, 16).Select(r => Task.Run(() => ReadAsync(ids, new Dice((ulong)r), ending.Token)));
        var writers = Enumerable.Range(0, 4).Select(w => Task.Run(() => WriteAsync(ids, w, ending.Token)));
        var counts = await Task.WhenAll(readers.Concat(writers));

        Assert.All(counts, count => Assert.True(count > 0));
        foreach (var id in ids.Where((_, i) => i % 5 == 0))
        {
            var client = await Store.FindAsync(id);
            Expect.Whole(id, client);
            Assert.Equal(client!.Version, (await Store.AuditAsync(new AuditFilter(id))).Count);
        }
    }

    private async Task<int> ReadAsync(List<ClientId> ids, Dice dice, CancellationToken ending)
    {
        var latest = new Dictionary<ClientId, long>();
        var reads = 0;
        for (; !ending.IsCancellationRequested; reads++)
        {
            await Task.Yield();
            if (dice.OneIn(100))
            {
                var page = await Store.ListAsync(ClientState.Active, 20, new PageToken(dice.Of(ids).ToBytes()));
                Assert.All(page.Items, c => Expect.Whole(c.Id, c));
                Assert.All(page.Items, c => Assert.Equal(ClientState.Active, c.State));
                continue;
            }

            var id = dice.Of(ids);
            var client = await Store.FindAsync(id);
            Assert.Equal(id.ToString(), client?.Metadata.Text(CoreMembers.SoftwareId));
            if (dice.OneIn(8))
            {
                Expect.Whole(id, client);
            }

            Assert.True(client!.Version >= latest.GetValueOrDefault(id), "A client went back in time.");
            latest[id] = client.Version;
        }

        return reads;
    }

    /// <summary>Each writer has clients of its own, so every change must go through.</summary>
    private async Task<int> WriteAsync(List<ClientId> ids, int writer, CancellationToken ending)
    {
        var own = ids.Where((_, i) => i % 4 == writer).ToList();
        var dice = new Dice((ulong)writer + 1000);
        var writes = 0;
        for (; !ending.IsCancellationRequested; writes++)
        {
            await Task.Yield();
            var client = (await Store.FindAsync(dice.Of(own)))!;
            var next = client.Next(dice.OneIn(2) ? ClientState.Active : ClientState.Suspended);
            Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(next));
        }

        return writes;
    }

    private static byte[] Before(ClientId id)
    {
        var bytes = id.ToBytes();
        bytes.AsSpan(8).Clear();
        return bytes;
    }
}
