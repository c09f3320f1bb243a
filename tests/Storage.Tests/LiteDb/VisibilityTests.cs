using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What readers and writers meet while a commit is on its way to the disk.</summary>
public sealed class VisibilityTests : IAsyncLifetime
{
    private readonly SimulatedHome home = new();
    private readonly SlowSync slow = new();
    private readonly RegisteredClient known = Sample.NewClient();
    private readonly RegisteredClient coming = Sample.NewClient();
    private readonly InitialAccessToken token = Sample.NewToken(maxUses: 1);
    private LiteDbStore store = null!;

    public async ValueTask InitializeAsync()
    {
        home.Options = home.Options with { QueueLength = 4 };
        store = home.NewLiteDbStore();
        await store.OpenAsync(CancellationToken.None);
        await store.AddAsync(known);
        await store.AddTokenAsync(token);
        home.Disk.Before = slow.Before;
    }

    public async ValueTask DisposeAsync()
    {
        slow.Release();
        await store.DisposeAsync();
        await home.DisposeAsync();
        slow.Dispose();
    }

    [Fact]
    public async Task Nobody_is_shown_a_client_before_it_is_durable()
    {
        var adding = store.AddAsync(coming).AsTask();
        await slow.Reached;

        Assert.Null(await store.FindAsync(coming.Id));
        Expect.Same([known], await store.AllAsync());
        Assert.Equal(2, (await store.AuditAsync()).Count);
        Assert.False(adding.IsCompleted);

        slow.Release();
        Assert.Equal(AddOutcome.Added, await adding);
        Expect.Same(coming, await store.FindAsync(coming.Id));
        Expect.Same([known, coming], await store.AllAsync());
        Assert.Equal(3, (await store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_client_is_shown_as_it_was_until_its_change_is_durable()
    {
        var replacing = store.ReplaceAsync(known.Next()).AsTask();
        await slow.Reached;

        Expect.Same(known, await store.FindAsync(known.Id));

        slow.Release();
        await replacing;
        Expect.Same(known.Next(), await store.FindAsync(known.Id));
    }

    [Fact]
    public async Task Nobody_is_shown_a_token_before_it_is_durable()
    {
        var issued = Sample.NewToken();
        var adding = store.AddTokenAsync(issued).AsTask();
        await slow.Reached;

        Assert.Null(await store.FindTokenAsync(issued.Id));
        Expect.Same([token], await store.TokensAsync());
        Assert.False(adding.IsCompleted);

        slow.Release();
        await adding;
        Expect.Same(issued, await store.FindTokenAsync(issued.Id));
        Expect.Same([token, issued], await store.TokensAsync());
    }

    [Fact]
    public async Task A_token_and_the_switch_are_shown_as_they_were_until_their_change_is_durable()
    {
        var adding = store.AddAsync(coming, new Spending(token.Id)).AsTask();
        var turning = store.SetSwitchAsync(new RegistrationSwitch(true)).AsTask();
        await slow.Reached;

        var finding = store.FindTokenAsync(token.Id);
        var reading = store.ReadSwitchAsync();

        Assert.True(finding.IsCompletedSuccessfully && reading.IsCompletedSuccessfully);
        Expect.Same(token, await finding);
        Assert.Equal(RegistrationSwitch.Open, await reading);
        slow.Release();
        await Task.WhenAll(adding, turning);
        Assert.Equal(1, (await store.FindTokenAsync(token.Id))!.Uses);
        Assert.True((await store.ReadSwitchAsync()).Closed);
    }

    [Fact]
    public async Task What_waits_is_bounded_and_one_more_is_refused()
    {
        var first = store.AddAsync(coming).AsTask();
        await slow.Reached;
        var waiting = Enumerable.Range(0, 4).Select(_ => store.AddAsync(Sample.NewClient()).AsTask()).ToList();
        var refused = Sample.NewClient();

        await Expect.FailsAsync(StorageFailure.Busy, () => store.AddAsync(refused).AsTask());

        slow.Release();
        Assert.All(await Task.WhenAll(waiting.Append(first)), outcome => Assert.Equal(AddOutcome.Added, outcome));
        Assert.Null(await store.FindAsync(refused.Id));
        Assert.Equal(7, (await store.AuditAsync()).Count);
    }

    [Fact]
    public async Task When_the_sync_fails_the_outcome_is_unknown_and_nobody_is_shown_it()
    {
        var stops = 0;
        store.Stopped += () => stops++;
        var adding = store.AddAsync(coming).AsTask();
        await slow.Reached;
        var waiting = store.AddAsync(Sample.NewClient()).AsTask();

        Assert.Null(await store.FindAsync(coming.Id));

        home.Disk.CutPower();
        slow.Release();

        await Expect.FailsAsync(StorageFailure.OutcomeUnknown, () => adding);
        await Expect.FailsAsync(StorageFailure.Unavailable, () => waiting);
        await Expect.FailsAsync(StorageFailure.Unavailable, () => store.RecordAsync(Sample.Event()).AsTask());
        Expect.Same(known, await store.FindAsync(known.Id));
        Assert.Equal(1, stops);
        Assert.False((await store.CheckAsync(CancellationToken.None)).Ready);
    }

    /// <summary>Holds up each sync of the journal until released.</summary>
    private sealed class SlowSync : IDisposable
    {
        private readonly ManualResetEventSlim released = new();
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>A sync has begun.</summary>
        public Task Reached => reached.Task;

        public void Before(string name, DiskAct act)
        {
            if (StoreFiles.Journal.Contains(name) && act == DiskAct.Sync)
            {
                reached.TrySetResult();
                released.Wait();
            }
        }

        public void Release() => released.Set();

        public void Dispose() => released.Dispose();
    }
}
