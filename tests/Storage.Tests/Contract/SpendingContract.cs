using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>What a change uses up: uses of tokens, and statements that are good for one use. All of it happens or nothing.</summary>
public abstract class SpendingContract : StoreContract
{
    private readonly StatementUse statement = Sample.Statement("one");

    private protected SpendingContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task A_token_admits_as_many_clients_as_it_says()
    {
        var token = await TokenAsync(maxUses: 2);

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(IssuedAfter(1), new Spending(token)));
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(IssuedAfter(2), new Spending(token)));
        Assert.Equal(AddOutcome.TokenSpent, await Store.AddAsync(IssuedAfter(3), new Spending(token)));

        await ReopenAsync();
        Assert.Equal(AddOutcome.TokenSpent, await Store.AddAsync(IssuedAfter(4), new Spending(token)));
        var spent = (await Store.FindTokenAsync(token))!;
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
            Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new Spending(token)));
        }

        Assert.Equal(30, (await Store.FindTokenAsync(token))!.Uses);
    }

    [Theory]
    [InlineData(9, AddOutcome.Added)]
    [InlineData(10, AddOutcome.TokenSpent)]
    [InlineData(11, AddOutcome.TokenSpent)]
    internal async Task A_token_admits_clients_that_are_issued_before_it_expires(int issuedAfter, AddOutcome outcome)
    {
        var token = Sample.NewToken() with { ExpiresAt = Sample.Start.AddMinutes(10) };
        await Store.AddTokenAsync(token);

        Assert.Equal(outcome, await Store.AddAsync(IssuedAfter(issuedAfter), new Spending(token.Id)));
    }

    [Fact]
    public async Task An_unknown_token_and_a_revoked_one_admit_nobody()
    {
        var revoked = await TokenAsync();
        await Store.RevokeTokenAsync(revoked);

        Assert.Equal(AddOutcome.TokenSpent, await Store.AddAsync(Sample.NewClient(), new Spending(revoked)));
        Assert.Equal(AddOutcome.TokenSpent, await Store.AddAsync(Sample.NewClient(), new Spending(Sample.NewToken().Id)));

        Assert.Empty(await Store.AllAsync());
        Assert.Equal(0, (await Store.FindTokenAsync(revoked))!.Uses);
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Adding_the_very_same_client_again_spends_nothing_more()
    {
        var spending = new Spending(await TokenAsync(maxUses: 1), statement);
        var client = Sample.NewClient();
        await Store.AddAsync(client, spending);

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, spending));
        await ReopenAsync();
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, spending));

        Assert.Equal(1, (await Store.FindTokenAsync(spending.Token!.Value))!.Uses);
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_is_used_once(bool reopened)
    {
        var client = Sample.NewClient();
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client, new Spending(Statement: statement)));
        if (reopened)
        {
            await ReopenAsync();
        }

        Assert.Equal(AddOutcome.StatementReplayed, await Store.AddAsync(Sample.NewClient(), new Spending(Statement: statement)));
        Assert.Equal(ReplaceOutcome.StatementReplayed, await Store.ReplaceAsync(client.Next(), statement));

        Expect.Same([client], await Store.AllAsync());
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task A_statement_that_a_replacement_uses_is_used_too()
    {
        var client = Sample.NewClient();
        await Store.AddAsync(client);
        Assert.Equal(ReplaceOutcome.Replaced, await Store.ReplaceAsync(client.Next(), statement));

        Assert.Equal(ReplaceOutcome.StatementReplayed, await Store.ReplaceAsync(client.Next().Next(), statement));
        Assert.Equal(AddOutcome.StatementReplayed, await Store.AddAsync(Sample.NewClient(), new Spending(Statement: statement)));

        Expect.Same([client.Next()], await Store.AllAsync());
        Assert.Equal(2, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Statements_differ_by_their_keys_and_by_nothing_else()
    {
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new Spending(Statement: statement)));

        Assert.Equal(
            AddOutcome.StatementReplayed,
            await Store.AddAsync(Sample.NewClient(), new Spending(Statement: statement with { Until = statement.Until.AddDays(1) })));
        for (var bit = 0; bit < 256; bit += 5)
        {
            var other = statement.Key.Bytes.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(
                AddOutcome.Added,
                await Store.AddAsync(Sample.NewClient(), new Spending(Statement: new StatementUse(SecretHash.FromBytes(other), statement.Until))));
        }
    }

    [Fact]
    public async Task What_is_refused_uses_nothing_up()
    {
        var spent = await TokenAsync(maxUses: 0);
        var good = await TokenAsync(maxUses: 1);
        var known = Sample.NewClient();
        await Store.AddAsync(known);
        await Store.AddAsync(Sample.NewClient(), new Spending(Statement: Sample.Statement("used")));
        var events = (await Store.AuditAsync()).Count;

        var taken = await Store.AddAsync(Sample.Client(known.Id, mark: "another"), new Spending(spent, Sample.Statement("used")));
        var unadmitted = await Store.AddAsync(Sample.NewClient(), new Spending(spent, Sample.Statement("used")));
        var replayed = await Store.AddAsync(Sample.NewClient(), new Spending(good, Sample.Statement("used")));
        var unadmittedFirst = await Store.AddAsync(Sample.NewClient(), new Spending(spent, statement));
        var unknown = await Store.ReplaceAsync(Sample.NewClient().Next(), statement);
        var conflict = await Store.ReplaceAsync(Sample.Client(known.Id, 7), statement);

        // In the order of judgement: the identifier, the token, the statement.
        Assert.Equal(AddOutcome.ClientIdTaken, taken);
        Assert.Equal(AddOutcome.TokenSpent, unadmitted);
        Assert.Equal(AddOutcome.StatementReplayed, replayed);
        Assert.Equal(AddOutcome.TokenSpent, unadmittedFirst);
        Assert.Equal(ReplaceOutcome.NotFound, unknown);
        Assert.Equal(ReplaceOutcome.VersionConflict, conflict);
        Assert.Equal(events, (await Store.AuditAsync()).Count);
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new Spending(good, statement)));
    }

    [Fact]
    public async Task What_a_client_spent_stays_spent_when_it_goes()
    {
        var token = await TokenAsync(maxUses: 1);
        var client = Sample.NewClient();
        await Store.AddAsync(client, new Spending(token, statement));

        await Store.RemoveAsync(client.Id, 1);

        Assert.Equal(AddOutcome.TokenSpent, await Store.AddAsync(client, new Spending(token)));
        Assert.Equal(AddOutcome.StatementReplayed, await Store.AddAsync(client, new Spending(Statement: statement)));
    }

    private async Task<InitialAccessTokenId> TokenAsync(int? maxUses = null)
    {
        var token = Sample.NewToken(maxUses);
        await Store.AddTokenAsync(token);
        return token.Id;
    }

    private static RegisteredClient IssuedAfter(int minutes) => Sample.NewClient() with { IssuedAt = Sample.Start.AddMinutes(minutes) };
}
