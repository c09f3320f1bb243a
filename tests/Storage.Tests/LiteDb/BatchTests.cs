using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Changes that share a batch: each is judged by what the ones before it leave behind.</summary>
public sealed class BatchTests
{
    private readonly InitialAccessToken token = Sample.NewToken(maxUses: 1);
    private readonly StatementUse statement = Sample.Statement("one");
    private readonly RegisteredClient known = Sample.NewClient();

    [Fact]
    public async Task A_token_for_one_use_admits_one_of_32_registrations()
    {
        var changes = Enumerable.Range(0, 32).Select(_ => Adding(Sample.NewClient(), new Spending(token.Id))).ToArray();

        var batch = await JudgeAsync(changes, [Ending.Done, .. Enumerable.Repeat(Ending.TokenSpent, 31)]);

        var left = Assert.Single(batch.Draft.Tokens.Updates);
        Expect.Same(token with { Uses = 1, LastUsedAt = Sample.Start }, left.Value);
        Assert.Single(batch.Draft.Clients.Inserts);
        Assert.Single(batch.Happening);
    }

    [Fact]
    public async Task A_token_revoked_before_admits_nobody_and_one_revoked_after_did()
    {
        await JudgeAsync(
            [Revoking(), Adding(Sample.NewClient(), new Spending(token.Id)), Revoking()],
            [Ending.Done, Ending.TokenSpent, Ending.AlreadyRevoked]);

        var batch = await JudgeAsync([Adding(Sample.NewClient(), new Spending(token.Id)), Revoking()], [Ending.Done, Ending.Done]);
        var left = Assert.Single(batch.Draft.Tokens.Updates).Value;
        Assert.Equal((1, Sample.Start.AddDays(1)), (left.Uses, left.RevokedAt));
    }

    [Fact]
    public async Task A_token_can_be_used_in_the_batch_that_adds_it()
    {
        var fresh = Sample.NewToken(maxUses: 1);

        var batch = await JudgeAsync(
            [AddingToken(fresh), Adding(Sample.NewClient(), new Spending(fresh.Id)), Adding(Sample.NewClient(), new Spending(fresh.Id)), AddingToken(fresh)],
            [Ending.Done, Ending.Done, Ending.TokenSpent, Ending.IdTaken]);

        Assert.Equal(1, Assert.Single(batch.Draft.Tokens.Inserts).Value.Uses);
        Assert.Empty(batch.Draft.Tokens.Updates);
    }

    [Fact]
    public async Task A_statement_is_used_once()
    {
        var batch = await JudgeAsync(
            [
                Adding(Sample.NewClient(), new Spending(Statement: statement)),
                Adding(Sample.NewClient(), new Spending(Statement: statement)),
                Change.Replacing(known.Next(), 1, statement, known.Event()),
                Change.Replacing(known.Next(), 1, Sample.Statement("another"), known.Event()),
            ],
            [Ending.Done, Ending.StatementReplayed, Ending.StatementReplayed, Ending.Done]);

        Assert.Equal(2, batch.Draft.Statements.New.Count);
    }

    [Fact]
    public async Task What_is_refused_or_repeated_spends_nothing()
    {
        var client = Sample.NewClient();

        var batch = await JudgeAsync(
            [
                Adding(Sample.Client(known.Id, mark: "another"), new Spending(token.Id, statement)),
                Adding(client, new Spending(token.Id, Sample.Statement("used"))),
                Adding(client, new Spending(Sample.NewToken().Id, statement)),
                Adding(client, new Spending(token.Id, statement)),
                Adding(client, new Spending(token.Id, statement)),
            ],
            [Ending.IdTaken, Ending.StatementReplayed, Ending.TokenSpent, Ending.Done, Ending.Repeated]);

        Assert.Equal(1, Assert.Single(batch.Draft.Tokens.Updates).Value.Uses);
        Assert.Single(batch.Draft.Statements.New);
        Assert.Single(batch.Happening);
    }

    [Fact]
    public async Task Only_the_last_state_of_each_is_written()
    {
        var passing = Sample.NewClient();

        var batch = await JudgeAsync(
            [
                Adding(passing, Spending.Nothing),
                Change.Removing(passing.Id, 1, passing.Event()),
                Change.Removing(known.Id, 1, known.Event()),
                Adding(known, Spending.Nothing),
                Change.Replacing(known.Next(), 1, null, known.Event()),
                Change.Turning(new RegistrationSwitch(true), known.Event()),
                Change.Turning(new RegistrationSwitch(false, "again"), known.Event()),
            ],
            [.. Enumerable.Repeat(Ending.Done, 7)]);

        Assert.Empty(batch.Draft.Clients.Inserts);
        Assert.Empty(batch.Draft.Clients.Deletes);
        Expect.Same(known.Next(), Assert.Single(batch.Draft.Clients.Updates).Value);
        Assert.Equal("again", batch.Draft.Switch?.Value.Reason);
        Assert.Equal(7, batch.Happening.Count);
    }

    /// <summary>Judges over a store that has <see cref="known"/>, <see cref="token"/> and one used statement.</summary>
    private async Task<Batch> JudgeAsync(Change[] changes, Ending[] endings)
    {
        var used = Sample.Statement("used");
        var batch = new Batch(changes, new Draft(
            id => id == known.Id ? known : null, id => id == token.Id ? token : null, key => key.Matches(used.Key), lastSequence: 0));
        batch.Complete();
        Assert.Equal(endings, await Task.WhenAll(changes.Select(c => c.Ended)));
        return batch;
    }

    private static Change Adding(RegisteredClient client, Spending spending) => Change.Adding(client, spending, client.Event());

    private static Change AddingToken(InitialAccessToken token) => Change.AddingToken(token, Sample.Event(token.Id));

    private Change Revoking() => Change.RevokingToken(token.Id, Sample.Start.AddDays(1), Sample.Event(token.Id));
}
