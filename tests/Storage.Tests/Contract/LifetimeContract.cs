using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Opening and closing, cancelling, and what stays.</summary>
public abstract class LifetimeContract : StoreContract
{
    private protected LifetimeContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Everything_is_there_after_opening_again()
    {
        var clients = Enumerable.Range(0, 300).Select(_ => Sample.NewClient()).ToList();
        await Task.WhenAll(clients.Select(c => Store.AddAsync(c).AsTask()));
        foreach (var client in clients.Take(20))
        {
            await Store.ReplaceAsync(client.Next());
        }

        var events = await Store.AuditAsync();
        await ReopenAsync();

        Expect.Same(clients.Take(20).Select(c => c.Next()), await Store.AllAsync(ClientState.Active));
        Expect.Same(clients.Skip(20), await Store.AllAsync(ClientState.Pending));
        Expect.Same(events, await Store.AuditAsync());
        await Store.RecordAsync(Sample.Event());
        Assert.Equal(321, (await Store.AuditAsync())[^1].Sequence);
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted()
    {
        var clients = Enumerable.Range(0, 200).Select(_ => Sample.NewClient()).ToList();
        var adding = clients.ConvertAll(c => Store.AddAsync(c).AsTask());

        await ReopenAsync();

        Assert.All(await Task.WhenAll(adding), outcome => Assert.Equal(AddOutcome.Added, outcome));
        Expect.Same(clients, await Store.AllAsync());
    }

    [Fact]
    public async Task A_store_that_is_not_open_answers_nothing()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        await AnswersNothingAsync(Home.NewStore(), client);

        await Store.DisposeAsync();
        await AnswersNothingAsync(Store, client);
        await Store.DisposeAsync();
    }

    [Fact]
    public async Task An_open_store_is_ready() => Assert.Equal(StoreHealth.Good, await Store.CheckAsync(CancellationToken.None));

    [Fact]
    public async Task A_change_cancelled_before_it_is_accepted_does_not_happen()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        var cancelled = new CancellationToken(canceled: true);
        var other = Sample.NewClient();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AddAsync(other, new ConsumedCredentials(), other.Event(), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ReplaceAsync(client.Next(), 1, null, Sample.Event(), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.RemoveAsync(client.Id, 1, Sample.Event(), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.RecordAsync(Sample.Event(), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AddInitialAccessTokenAsync(Sample.NewInitialAccessToken(), null, Sample.Event(), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.SetRegistrationStatusAsync(new RegistrationStatus(true), Sample.Event(), cancelled).AsTask());

        Expect.Same([client], await Store.AllAsync());
        Assert.Empty(await Store.InitialAccessTokensAsync());
        Assert.Equal(RegistrationStatus.Enabled, await Store.GetRegistrationStatusAsync());
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task A_change_cancelled_after_it_is_accepted_tells_its_true_outcome()
    {
        for (var i = 0; i < 50; i++)
        {
            using var cancelling = new CancellationTokenSource();
            var client = Sample.NewClient();
            var adding = Store.AddAsync(client, new ConsumedCredentials(), client.Event(), cancelling.Token);
            await cancelling.CancelAsync();

            Assert.Equal(AddOutcome.Added, await adding);
            Expect.Same(client, await Store.FindAsync(client.Id));
        }
    }

    private static async Task AnswersNothingAsync(IRegistrationStore store, RegisteredClient client)
    {
        Func<Task>[] questions =
        [
            () => store.FindAsync(client.Id).AsTask(),
            () => store.AllAsync(),
            () => store.AuditAsync(),
            () => store.FindInitialAccessTokenAsync(Sample.NewInitialAccessToken().Id).AsTask(),
            () => store.InitialAccessTokensAsync(),
            () => store.GetRegistrationStatusAsync().AsTask(),
            () => store.AddInitialAccessTokenAsync(Sample.NewInitialAccessToken()).AsTask(),
            () => store.RevokeInitialAccessTokenAsync(Sample.NewInitialAccessToken().Id).AsTask(),
            () => store.SetRegistrationStatusAsync(new RegistrationStatus(true)).AsTask(),
            () => store.AddAsync(Sample.NewClient()).AsTask(),
            () => store.ReplaceAsync(client.Next()).AsTask(),
            () => store.RemoveAsync(client.Id, 1).AsTask(),
            () => store.RecordAsync(Sample.Event()).AsTask(),
            () => store.BackUpAsync("never", Sample.Event(), CancellationToken.None).AsTask(),
        ];
        foreach (var question in questions)
        {
            await Expect.FailsAsync(StorageFailure.Unavailable, question);
        }

        var health = await store.CheckAsync(CancellationToken.None);
        Assert.False(health.Ready);
        Assert.NotEmpty(health.Description);
    }
}
