using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What readers and writers meet while a commit is on its way to the disk.</summary>
public sealed class VisibilityTests : IAsyncLifetime
{
    private readonly SimulatedHome _home = new();
    private readonly SlowSync _slow = new();
    private readonly RegisteredClient _known = Sample.NewClient();
    private readonly RegisteredClient _coming = Sample.NewClient();
    private readonly InitialAccessToken _token = Sample.NewInitialAccessToken(maxUses: 1);
    private LiteDbStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _home.Options = _home.Options with { QueueLength = 4 };
        _store = _home.NewLiteDbStore();
        await _store.OpenAsync(CancellationToken.None);
        await _store.AddAsync(_known);
        await _store.AddInitialAccessTokenAsync(_token);
        _home.Disk.Before = _slow.Before;
    }

    public async ValueTask DisposeAsync()
    {
        _slow.Release();
        await _store.DisposeAsync();
        await _home.DisposeAsync();
        _slow.Dispose();
    }

    [Fact]
    public async Task Nobody_is_shown_a_client_before_it_is_durable()
    {
        var adding = _store.AddAsync(_coming).AsTask();
        await _slow.Reached;

        Assert.Null(await _store.FindAsync(_coming.Id));
        Expect.Same([_known], await _store.AllAsync());
        Assert.Equal(2, (await _store.AuditAsync()).Count);
        Assert.False(adding.IsCompleted);

        _slow.Release();
        Assert.Equal(AddOutcome.Added, await adding);
        Expect.Same(_coming, await _store.FindAsync(_coming.Id));
        Expect.Same([_known, _coming], await _store.AllAsync());
        Assert.Equal(3, (await _store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_client_is_shown_as_it_was_until_its_change_is_durable()
    {
        var replacing = _store.ReplaceAsync(_known.Next()).AsTask();
        await _slow.Reached;

        Expect.Same(_known, await _store.FindAsync(_known.Id));

        _slow.Release();
        await replacing;
        Expect.Same(_known.Next(), await _store.FindAsync(_known.Id));
    }

    [Fact]
    public async Task Nobody_is_shown_a_token_before_it_is_durable()
    {
        var issued = Sample.NewInitialAccessToken();
        var adding = _store.AddInitialAccessTokenAsync(issued).AsTask();
        await _slow.Reached;

        Assert.Null(await _store.FindInitialAccessTokenAsync(issued.Id));
        Expect.Same([_token], await _store.InitialAccessTokensAsync());
        Assert.False(adding.IsCompleted);

        _slow.Release();
        await adding;
        Expect.Same(issued, await _store.FindInitialAccessTokenAsync(issued.Id));
        Expect.Same([_token, issued], await _store.InitialAccessTokensAsync());
    }

    [Fact]
    public async Task A_token_and_the_switch_are_shown_as_they_were_until_their_change_is_durable()
    {
        var adding = _store.AddAsync(_coming, new ConsumedCredentials(_token.Id)).AsTask();
        var turning = _store.SetRegistrationStatusAsync(new RegistrationStatus(true)).AsTask();
        await _slow.Reached;

        var finding = _store.FindInitialAccessTokenAsync(_token.Id);
        var reading = _store.GetRegistrationStatusAsync();

        Assert.True(finding.IsCompletedSuccessfully && reading.IsCompletedSuccessfully);
        Expect.Same(_token, await finding);
        Assert.Equal(RegistrationStatus.Enabled, await reading);
        _slow.Release();
        await Task.WhenAll(adding, turning);
        Assert.Equal(1, (await _store.FindInitialAccessTokenAsync(_token.Id))!.Uses);
        Assert.True((await _store.GetRegistrationStatusAsync()).Closed);
    }

    [Fact]
    public async Task What_waits_is_bounded_and_one_more_is_refused()
    {
        var first = _store.AddAsync(_coming).AsTask();
        await _slow.Reached;
        var waiting = Enumerable.Range(0, 4).Select(_ => _store.AddAsync(Sample.NewClient()).AsTask()).ToList();
        var refused = Sample.NewClient();

        await Expect.FailsAsync(StorageFailure.Busy, () => _store.AddAsync(refused).AsTask());

        _slow.Release();
        Assert.All(await Task.WhenAll(waiting.Append(first)), outcome => Assert.Equal(AddOutcome.Added, outcome));
        Assert.Null(await _store.FindAsync(refused.Id));
        Assert.Equal(7, (await _store.AuditAsync()).Count);
    }

    [Fact]
    public async Task When_the_sync_fails_the_outcome_is_unknown_and_nobody_is_shown_it()
    {
        var stops = 0;
        _store.Stopped += () => stops++;
        var adding = _store.AddAsync(_coming).AsTask();
        await _slow.Reached;
        var waiting = _store.AddAsync(Sample.NewClient()).AsTask();

        Assert.Null(await _store.FindAsync(_coming.Id));

        _home.Disk.CutPower();
        _slow.Release();

        await Expect.FailsAsync(StorageFailure.OutcomeUnknown, () => adding);
        await Expect.FailsAsync(StorageFailure.Unavailable, () => waiting);
        await Expect.FailsAsync(StorageFailure.Unavailable, () => _store.RecordAsync(Sample.Event()).AsTask());
        Expect.Same(_known, await _store.FindAsync(_known.Id));
        Assert.Equal(1, stops);
        Assert.False((await _store.CheckAsync(CancellationToken.None)).Ready);
    }

    /// <summary>Holds up each sync of the journal until released.</summary>
    private sealed class SlowSync : IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>A sync has begun.</summary>
        public Task Reached => _reached.Task;

        public void Before(string name, DiskAct act)
        {
            if (StoreFiles.Journal.Contains(name) && act == DiskAct.Sync)
            {
                _reached.TrySetResult();
                _released.Wait();
            }
        }

        public void Release() => _released.Set();

        public void Dispose() => _released.Dispose();
    }
}
