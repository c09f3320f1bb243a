using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>One client at a time: adding, finding, replacing, removing.</summary>
public abstract class ClientsContract : StoreContract
{
    private protected ClientsContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Finds_a_client_exactly_as_it_was_added()
    {
        var client = Sample.NewClient();

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client));

        Expect.Same(client, await Store.FindAsync(client.Id));
        await ReopenAsync();
        Expect.Same(client, await Store.FindAsync(client.Id));
    }

    [Fact]
    public async Task Finds_a_client_that_has_nothing_but_what_is_required()
    {
        var client = Sample.NewClient() with
        {
            Metadata = ClientMetadata.Empty,
            Secret = null,
            SourceAddress = null,
            AdmittedBy = AdmissionNames.InitialAccessToken,
        };

        await Store.AddAsync(client);

        await ReopenAsync();
        Expect.Same(client, await Store.FindAsync(client.Id));
    }

    [Fact]
    public async Task Finds_nothing_where_there_is_nothing()
    {
        Assert.Null(await Store.FindAsync(Sample.NewId()));
        Assert.Empty(await Store.AllAsync());
    }

    [Fact]
    public async Task Identifiers_compare_exactly()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);

        for (var bit = 0; bit < 128; bit++)
        {
            var other = client.Id.ToBytes();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(await Store.FindAsync(ClientId.FromBytes(other)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_new_client_has_version_1(long version)
    {
        var client = Sample.Client(Sample.NewId(), version);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AddAsync(client).AsTask());

        await NothingHappenedAsync();
    }

    [Fact]
    public async Task Adding_the_very_same_client_again_is_added_and_changes_nothing_more()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client));
        await ReopenAsync();
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client));

        Expect.Same([client], await Store.AllAsync());
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task Adding_another_client_of_the_same_identifier_changes_nothing()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);

        Assert.Equal(AddOutcome.ClientIdTaken, await Store.AddAsync(Sample.Client(client.Id, mark: "another")));

        Expect.Same(client, await Store.FindAsync(client.Id));
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task Adding_a_client_again_after_it_changed_is_refused()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        await Store.ReplaceAsync(client.Next());

        Assert.Equal(AddOutcome.ClientIdTaken, await Store.AddAsync(client));

        Expect.Same(client.Next(), await Store.FindAsync(client.Id));
    }

    [Fact]
    public async Task Replaces_a_client_of_the_expected_version()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);

        Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(client.Next()));
        Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(client.Next().Next(ClientState.Suspended)));

        Expect.Same(client.Next().Next(ClientState.Suspended), await Store.FindAsync(client.Id));
        Assert.Equal([1, 2, 3], (await Store.AuditAsync()).Select(e => e.ClientRevision));
    }

    [Fact]
    public async Task Does_not_replace_a_client_that_changed_since()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        await Store.ReplaceAsync(client.Next());

        Assert.Equal(ReplaceOutcome.VersionConflict, await Store.ReplaceAsync(client.Next(ClientState.Rejected)));
        Assert.Equal(ReplaceOutcome.VersionConflict, await Store.ReplaceAsync(Sample.Client(client.Id, 9)));

        Expect.Same(client.Next(), await Store.FindAsync(client.Id));
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Does_not_replace_or_remove_what_is_not_there()
    {
        var client = Sample.NewClient();

        Assert.Equal(ReplaceOutcome.NotFound, await Store.ReplaceAsync(client.Next()));
        Assert.Equal(RemoveOutcome.NotFound, await Store.RemoveAsync(client.Id, 1));

        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_next_version_is_one_more_than_the_expected_one(long version)
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        var next = Sample.Client(client.Id, version);

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.ReplaceAsync(next, 1, null, next.Event(), CancellationToken.None).AsTask());

        Expect.Same(client, await Store.FindAsync(client.Id));
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task Removes_a_client_of_the_expected_version_and_keeps_its_events()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        await Store.AddAsync(Sample.NewClient());

        Assert.Equal(RemoveOutcome.VersionConflict, await Store.RemoveAsync(client.Id, 2));
        Expect.Same(client, await Store.FindAsync(client.Id));
        Assert.Equal(RemoveOutcome.Removed, await Store.RemoveAsync(client.Id, 1));

        Assert.Null(await Store.FindAsync(client.Id));
        Assert.Single(await Store.AllAsync());
        Assert.Equal([1, 0], (await Store.AuditAsync(new AuditFilter(client.Id))).Select(e => e.ClientRevision));
        await ReopenAsync();
        Assert.Null(await Store.FindAsync(client.Id));
    }

    [Fact]
    public async Task A_removed_identifier_is_free_again()
    {
        var client = Sample.NewClient();
        var another = Sample.Client(client.Id, mark: "another");
        await Store.AddAsync(client);
        await Store.RemoveAsync(client.Id, 1);

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(another));

        Expect.Same([another], await Store.AllAsync());
    }

    [Fact]
    public async Task Keeps_records_of_nearly_256_KiB_and_refuses_larger_ones()
    {
        var large = Sample.Large(250 * 1024);
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(large));
        var tooLarge = Sample.Large(256 * 1024);
        var tooLargeEvent = Sample.Event() with { Reason = new string('r', 256 * 1024) };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AddAsync(tooLarge).AsTask());
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.ReplaceAsync(tooLarge with { Id = large.Id, Version = 2 }).AsTask());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.RecordAsync(tooLargeEvent).AsTask());

        await ReopenAsync();
        Expect.Same([large], await Store.AllAsync());
        Assert.Single(await Store.AuditAsync());
    }

    private async Task NothingHappenedAsync()
    {
        Assert.Empty(await Store.AllAsync());
        Assert.Empty(await Store.AuditAsync());
    }
}
