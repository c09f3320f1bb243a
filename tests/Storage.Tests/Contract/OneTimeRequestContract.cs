using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>A call with a <c>request_id</c> does its work once, and the store knows what that was.</summary>
public abstract class OneTimeRequestContract : StoreContract
{
    private protected OneTimeRequestContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_adds_one_client_and_tells_which(bool reopened)
    {
        var client = Sample.NewClient();
        var request = Sample.Request("add", client.Id.Value);
        Assert.Null(await Store.FindOneTimeUseAsync(request.Key, CancellationToken.None));
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, new ConsumedCredentials(Request: request)));
        if (reopened)
        {
            await ReopenAsync();
        }

        var other = Sample.NewClient();
        Assert.Equal(
            AddOutcome.RequestRepeated,
            await Store.AddAsync(other, new ConsumedCredentials(Request: Sample.Request("add", other.Id.Value))));

        Expect.Same([client], await Store.AllAsync());
        Assert.Single(await Store.AuditAsync());
        var found = await Store.FindOneTimeUseAsync(request.Key, CancellationToken.None);
        Assert.Equal((client.Id.Value, request.Until), (found?.Result, found?.Until));
    }

    [Fact]
    public async Task A_request_is_checked_before_what_it_would_use_up()
    {
        var token = Sample.NewInitialAccessToken(maxUses: 1);
        await Store.AddInitialAccessTokenAsync(token);
        var client = Sample.NewClient();
        var consumed = new ConsumedCredentials(token.Id, Sample.SoftwareStatement("one"), Sample.Request("add", client.Id.Value));

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, consumed));

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, consumed));
        Assert.Equal(AddOutcome.RequestRepeated, await Store.AddAsync(Sample.NewClient(), consumed));
        Assert.Equal(1, (await Store.FindInitialAccessTokenAsync(token.Id))!.Uses);
    }

    [Fact]
    public async Task A_request_replaces_a_client_once()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        var request = Sample.Request("rotate", client.Id.Value);

        Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(client.Next(), request));
        Assert.Equal(ReplaceOutcome.RequestRepeated, await Store.ReplaceAsync(client.Next().Next(), request));

        Expect.Same([client.Next()], await Store.AllAsync());
        Assert.Equal(client.Id.Value, (await Store.FindOneTimeUseAsync(request.Key, CancellationToken.None))?.Result);
    }

    [Fact]
    public async Task A_request_issues_one_initial_access_token()
    {
        var (first, second) = (Sample.NewInitialAccessToken(), Sample.NewInitialAccessToken());
        var request = Sample.Request("issue", first.Id.Value);

        Assert.Equal(IssueOutcome.Issued, await Store.AddInitialAccessTokenAsync(first, request));
        Assert.Equal(
            IssueOutcome.RequestRepeated, await Store.AddInitialAccessTokenAsync(second, Sample.Request("issue", second.Id.Value)));

        Assert.Equal(first.Id, Assert.Single(await Store.InitialAccessTokensAsync()).Id);
        Assert.Equal(first.Id.Value, (await Store.FindOneTimeUseAsync(request.Key, CancellationToken.None))?.Result);
    }

    [Fact]
    public async Task Of_many_calls_of_one_request_one_does_its_work()
    {
        for (var round = 0; round < 10; round++)
        {
            var clients = Enumerable.Range(0, Racing.Racers).Select(_ => Sample.NewClient()).ToList();
            var name = $"round {round}";

            var outcomes = await Racing.RaceAsync(racer => Store.AddAsync(
                clients[racer], new ConsumedCredentials(Request: Sample.Request(name, clients[racer].Id.Value))));

            var winner = clients[outcomes.ToList().IndexOf(AddOutcome.Added)];
            Assert.Equal(Racing.Racers - 1, outcomes.Count(o => o == AddOutcome.RequestRepeated));
            var found = await Store.FindOneTimeUseAsync(Sample.Request(name, default).Key, CancellationToken.None);
            Assert.Equal(winner.Id.Value, found?.Result);
        }
    }
}
