using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Writes;

/// <summary>Changes that share a batch: each is validated against the writes of those before it.</summary>
public sealed class ChangeBatchTests
{
    private readonly InitialAccessToken _token = Sample.NewInitialAccessToken(maxUses: 1);
    private readonly OneTimeUse _statement = Sample.SoftwareStatement("one");
    private readonly RegisteredClient _known = Sample.NewClient();

    [Fact]
    public async Task A_token_for_one_use_admits_one_of_32_registrations()
    {
        var changes = Enumerable.Range(0, 32).Select(_ => Adding(Sample.NewClient(), new ConsumedCredentials(_token.Id))).ToArray();

        var batch = await ValidateAsync(changes, [ChangeOutcome.Done, .. Enumerable.Repeat(ChangeOutcome.InitialAccessTokenSpent, 31)]);

        var left = Assert.Single(batch.Writes.InitialAccessTokens.Updates);
        Expect.Same(_token with { Uses = 1, LastUsedAt = Sample.Start }, left.Value);
        Assert.Single(batch.Writes.Clients.Inserts);
        Assert.Single(batch.Accepted);
    }

    [Fact]
    public async Task A_token_revoked_before_admits_nobody_and_one_revoked_after_did()
    {
        await ValidateAsync(
            [Revoking(), Adding(Sample.NewClient(), new ConsumedCredentials(_token.Id)), Revoking()],
            [ChangeOutcome.Done, ChangeOutcome.InitialAccessTokenSpent, ChangeOutcome.AlreadyRevoked]);

        var batch = await ValidateAsync(
            [Adding(Sample.NewClient(), new ConsumedCredentials(_token.Id)), Revoking()], [ChangeOutcome.Done, ChangeOutcome.Done]);
        var left = Assert.Single(batch.Writes.InitialAccessTokens.Updates).Value;
        Assert.Equal((1, Sample.Start.AddDays(1)), (left.Uses, left.RevokedAt));
    }

    [Fact]
    public async Task A_token_can_be_used_in_the_batch_that_adds_it()
    {
        var fresh = Sample.NewInitialAccessToken(maxUses: 1);

        var batch = await ValidateAsync(
            [AddingToken(fresh), Adding(
                Sample.NewClient(),
                new ConsumedCredentials(fresh.Id)), Adding(Sample.NewClient(), new ConsumedCredentials(fresh.Id)), AddingToken(fresh)],
            [ChangeOutcome.Done, ChangeOutcome.Done, ChangeOutcome.InitialAccessTokenSpent, ChangeOutcome.IdTaken]);

        Assert.Equal(1, Assert.Single(batch.Writes.InitialAccessTokens.Inserts).Value.Uses);
        Assert.Empty(batch.Writes.InitialAccessTokens.Updates);
    }

    [Fact]
    public async Task A_statement_is_used_once()
    {
        var batch = await ValidateAsync(
            [
                Adding(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement)),
                Adding(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: _statement)),
                Change.Replacing(_known.Next(), 1, _statement, _known.Event()),
                Change.Replacing(_known.Next(), 1, Sample.SoftwareStatement("another"), _known.Event()),
            ],
            [ChangeOutcome.Done, ChangeOutcome.SoftwareStatementReplayed, ChangeOutcome.SoftwareStatementReplayed, ChangeOutcome.Done]);

        Assert.Equal(2, batch.Writes.OneTimeUses.New.Count);
    }

    [Fact]
    public async Task What_is_refused_or_repeated_spends_nothing()
    {
        var client = Sample.NewClient();

        var batch = await ValidateAsync(
            [
                Adding(Sample.Client(_known.Id, mark: "another"), new ConsumedCredentials(_token.Id, _statement)),
                Adding(client, new ConsumedCredentials(_token.Id, Sample.SoftwareStatement("used"))),
                Adding(client, new ConsumedCredentials(Sample.NewInitialAccessToken().Id, _statement)),
                Adding(client, new ConsumedCredentials(_token.Id, _statement)),
                Adding(client, new ConsumedCredentials(_token.Id, _statement)),
            ],
            [
                ChangeOutcome.IdTaken, ChangeOutcome.SoftwareStatementReplayed, ChangeOutcome.InitialAccessTokenSpent, ChangeOutcome.Done,
                ChangeOutcome.Repeated,
            ]);

        Assert.Equal(1, Assert.Single(batch.Writes.InitialAccessTokens.Updates).Value.Uses);
        Assert.Single(batch.Writes.OneTimeUses.New);
        Assert.Single(batch.Accepted);
    }

    [Fact]
    public async Task Only_the_last_state_of_each_is_written()
    {
        var passing = Sample.NewClient();

        var batch = await ValidateAsync(
            [
                Adding(passing, new ConsumedCredentials()),
                Change.Removing(passing.Id, 1, passing.Event()),
                Change.Removing(_known.Id, 1, _known.Event()),
                Adding(_known, new ConsumedCredentials()),
                Change.Replacing(_known.Next(), 1, null, _known.Event()),
                Change.SettingRegistrationStatus(new RegistrationStatus(true), _known.Event()),
                Change.SettingRegistrationStatus(new RegistrationStatus(false, "again"), _known.Event()),
            ],
            [.. Enumerable.Repeat(ChangeOutcome.Done, 7)]);

        Assert.Empty(batch.Writes.Clients.Inserts);
        Assert.Empty(batch.Writes.Clients.Deletes);
        Expect.Same(_known.Next(), Assert.Single(batch.Writes.Clients.Updates).Value);
        Assert.Equal("again", batch.Writes.RegistrationStatus?.Value.Reason);
        Assert.Equal(7, batch.Accepted.Count);
    }

    /// <summary>Validates over a store that has <see cref="_known"/>, <see cref="_token"/> and one used statement.</summary>
    private async Task<ChangeBatch> ValidateAsync(Change[] changes, ChangeOutcome[] outcomes)
    {
        var used = Sample.SoftwareStatement("used");
        var batch = new ChangeBatch(changes, new WriteBatch(
            id => id == _known.Id ? _known : null,
            id => id == _token.Id ? _token : null,
            key => key.Matches(used.Key),
            () => RegistrationStatus.Enabled,
            lastSequence: 0));
        batch.Complete();
        Assert.Equal(outcomes, await Task.WhenAll(changes.Select(c => c.Outcome)));
        return batch;
    }

    private static Change Adding(RegisteredClient client, ConsumedCredentials spending) => Change.Adding(client, spending, client.Event());

    private static Change AddingToken(InitialAccessToken token) =>
        Change.AddingInitialAccessToken(token, request: null, Sample.Event(token.Id));

    private Change Revoking() => Change.RevokingInitialAccessToken(_token.Id, Sample.Start.AddDays(1), Sample.Event(_token.Id));
}
