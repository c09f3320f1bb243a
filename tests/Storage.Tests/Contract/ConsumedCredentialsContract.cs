using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>What a change uses up: uses of tokens, and statements that are good for one use. All of it happens or nothing.</summary>
public abstract class ConsumedCredentialsContract : StoreContract
{
    private readonly OneTimeUse _statement = Sample.SoftwareStatement("one");

    private protected ConsumedCredentialsContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task A_token_admits_as_many_clients_as_it_says()
    {
        var token = await TokenAsync(maxUses: 2);

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(IssuedAfter(1), new ConsumedCredentials(token)));
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(IssuedAfter(2), new ConsumedCredentials(token)));
        Assert.Equal(AddOutcome.InitialAccessTokenSpent, await Store.AddAsync(IssuedAfter(3), new ConsumedCredentials(token)));

        await ReopenAsync();
        Assert.Equal(AddOutcome.InitialAccessTokenSpent, await Store.AddAsync(IssuedAfter(4), new ConsumedCredentials(token)));
        var spent = (await Store.FindInitialAccessTokenAsync(token))!;
        Assert.Equal((2, Sample.Start.AddMinutes(2)), (spent.Uses, spent.LastUsedAt));
        Assert.Equal(2, (await Store.AllAsync()).Count);
        Assert.Equal(3, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_token_without_a_limit_admits_any_number()
    {
        var token = await TokenAsync();

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(token)));
        }

        Assert.Equal(30, (await Store.FindInitialAccessTokenAsync(token))!.Uses);
    }

    [Theory]
    [InlineData(9, AddOutcome.Added)]
    [InlineData(10, AddOutcome.InitialAccessTokenSpent)]
    [InlineData(11, AddOutcome.InitialAccessTokenSpent)]
    internal async Task A_token_admits_clients_that_are_issued_before_it_expires(int issuedAfter, AddOutcome outcome)
    {
        var token = Sample.NewInitialAccessToken() with { ExpiresAt = Sample.Start.AddMinutes(10) };
        await Store.AddInitialAccessTokenAsync(token);

        Assert.Equal(outcome, await Store.AddAsync(IssuedAfter(issuedAfter), new ConsumedCredentials(token.Id)));
    }

    [Fact]
    public async Task An_unknown_token_and_a_revoked_one_admit_nobody()
    {
        var revoked = await TokenAsync();
        await Store.RevokeInitialAccessTokenAsync(revoked);

        Assert.Equal(AddOutcome.InitialAccessTokenSpent, await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(revoked)));
        Assert.Equal(
            AddOutcome.InitialAccessTokenSpent,
            await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(Sample.NewInitialAccessToken().Id)));

        Assert.Empty(await Store.AllAsync());
        Assert.Equal(0, (await Store.FindInitialAccessTokenAsync(revoked))!.Uses);
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Adding_the_very_same_client_again_spends_nothing_more()
    {
        var spending = new ConsumedCredentials(await TokenAsync(maxUses: 1), _statement);
        var client = Sample.NewClient();
        await Store.AddAsync(client, spending);

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, spending));
        await ReopenAsync();
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, spending));

        Assert.Equal(1, (await Store.FindInitialAccessTokenAsync(spending.InitialAccessTokenId!.Value))!.Uses);
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_is_used_once(bool reopened)
    {
        var client = Sample.NewClient();
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, new ConsumedCredentials(SoftwareStatement: _statement)));
        if (reopened)
        {
            await ReopenAsync();
        }

        Assert.Equal(
            AddOutcome.SoftwareStatementReplayed,
            await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement)));
        Assert.Equal(ReplaceOutcome.SoftwareStatementReplayed, await Store.ReplaceAsync(client.Next(), _statement));

        Expect.Same([client], await Store.AllAsync());
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task A_statement_that_a_replacement_uses_is_used_too()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(client.Next(), _statement));

        Assert.Equal(ReplaceOutcome.SoftwareStatementReplayed, await Store.ReplaceAsync(client.Next().Next(), _statement));
        Assert.Equal(
            AddOutcome.SoftwareStatementReplayed,
            await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement)));

        Expect.Same([client.Next()], await Store.AllAsync());
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Statements_differ_by_their_keys_and_by_nothing_else()
    {
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement)));

        Assert.Equal(
            AddOutcome.SoftwareStatementReplayed,
            await Store.AddAsync(
                Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement with { Until = _statement.Until.AddDays(1) })));
        for (var bit = 0; bit < 256; bit += 5)
        {
            var other = _statement.Key.Bytes.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(
                AddOutcome.Added,
                await Store.AddAsync(
                    Sample.NewClient(),
                    new ConsumedCredentials(SoftwareStatement: new OneTimeUse(SecretHash.FromBytes(other), _statement.Until))));
        }
    }

    [Fact]
    public async Task What_is_refused_uses_nothing_up()
    {
        var spent = await TokenAsync(maxUses: 0);
        var good = await TokenAsync(maxUses: 1);
        var known = Sample.NewClient();
        await Store.AddAsync(known);
        await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: Sample.SoftwareStatement("used")));
        var events = (await Store.AuditAsync()).Count;

        var taken = await Store.AddAsync(
            Sample.Client(known.Id, mark: "another"), new ConsumedCredentials(spent, Sample.SoftwareStatement("used")));
        var unadmitted = await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(spent, Sample.SoftwareStatement("used")));
        var replayed = await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(good, Sample.SoftwareStatement("used")));
        var unadmittedFirst = await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(spent, _statement));
        var unknown = await Store.ReplaceAsync(Sample.NewClient().Next(), _statement);
        var conflict = await Store.ReplaceAsync(Sample.Client(known.Id, 7), _statement);

        // In the order of validation: the identifier, the token, the statement.
        Assert.Equal(AddOutcome.ClientIdTaken, taken);
        Assert.Equal(AddOutcome.InitialAccessTokenSpent, unadmitted);
        Assert.Equal(AddOutcome.SoftwareStatementReplayed, replayed);
        Assert.Equal(AddOutcome.InitialAccessTokenSpent, unadmittedFirst);
        Assert.Equal(ReplaceOutcome.NotFound, unknown);
        Assert.Equal(ReplaceOutcome.VersionConflict, conflict);
        Assert.Equal(events, (await Store.AuditAsync()).Count);
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(good, _statement)));
    }

    [Fact]
    public async Task What_a_client_spent_stays_spent_when_it_goes()
    {
        var token = await TokenAsync(maxUses: 1);
        var client = Sample.NewClient();
        await Store.AddAsync(client, new ConsumedCredentials(token, _statement));

        await Store.RemoveAsync(client.Id, 1);

        Assert.Equal(AddOutcome.InitialAccessTokenSpent, await Store.AddAsync(client, new ConsumedCredentials(token)));
        Assert.Equal(
            AddOutcome.SoftwareStatementReplayed, await Store.AddAsync(client, new ConsumedCredentials(SoftwareStatement: _statement)));
    }

    private async Task<InitialAccessTokenId> TokenAsync(int? maxUses = null)
    {
        var token = Sample.NewInitialAccessToken(maxUses);
        await Store.AddInitialAccessTokenAsync(token);
        return token.Id;
    }

    private static RegisteredClient IssuedAfter(int minutes) => Sample.NewClient() with { IssuedAt = Sample.Start.AddMinutes(minutes) };
}
