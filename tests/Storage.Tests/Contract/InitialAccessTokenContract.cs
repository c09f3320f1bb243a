using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Initial access tokens: adding, finding, listing, revoking.</summary>
public abstract class InitialAccessTokenContract : StoreContract
{
    private protected InitialAccessTokenContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Fact]
    public async Task Finds_a_token_exactly_as_it_was_added()
    {
        var token = Sample.NewInitialAccessToken(maxUses: 3);

        await Store.AddInitialAccessTokenAsync(token);

        Expect.Same(token, await Store.FindInitialAccessTokenAsync(token.Id));
        await ReopenAsync();
        Expect.Same(token, await Store.FindInitialAccessTokenAsync(token.Id));
    }

    [Fact]
    public async Task Finds_a_token_that_has_nothing_but_what_is_required()
    {
        var token = Sample.NewInitialAccessToken() with { Label = null, ExpiresAt = null, Constraints = new RegistrationConstraints() };

        await Store.AddInitialAccessTokenAsync(token);

        await ReopenAsync();
        Expect.Same(token, await Store.FindInitialAccessTokenAsync(token.Id));
    }

    [Fact]
    public async Task Finds_no_token_where_there_is_none()
    {
        var token = Sample.NewInitialAccessToken();
        await Store.AddInitialAccessTokenAsync(token);

        Assert.Null(await Store.FindInitialAccessTokenAsync(Sample.NewInitialAccessToken().Id));
        for (var bit = 0; bit < 128; bit++)
        {
            var other = token.Id.ToBytes();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(await Store.FindInitialAccessTokenAsync(InitialAccessTokenId.FromBytes(other)));
        }
    }

    [Fact]
    public async Task A_client_and_a_token_of_the_same_identifier_are_two_things()
    {
        var token = Sample.NewInitialAccessToken();
        var client = Sample.Client(new ClientId(token.Id.Value));
        await Store.AddInitialAccessTokenAsync(token);

        Assert.Null(await Store.FindAsync(client.Id));
        Assert.Equal(AddOutcome.Added, await Store.AddAsync(client));

        Expect.Same(token, await Store.FindInitialAccessTokenAsync(token.Id));
    }

    [Fact]
    public async Task A_new_token_has_a_new_identifier()
    {
        var token = Sample.NewInitialAccessToken();
        await Store.AddInitialAccessTokenAsync(token);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AddInitialAccessTokenAsync(token with { Label = "another" }).AsTask());

        Expect.Same([token], await Store.InitialAccessTokensAsync());
        Assert.Single(await Store.AuditAsync());
    }

    [Fact]
    public async Task A_token_of_more_than_256_KiB_is_refused()
    {
        var token = Sample.NewInitialAccessToken() with { Label = new string('l', 256 * 1024) };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AddInitialAccessTokenAsync(token).AsTask());

        Assert.Empty(await Store.InitialAccessTokensAsync());
        Assert.Empty(await Store.AuditAsync());
    }

    [Fact]
    public async Task A_token_of_nearly_256_KiB_can_still_be_used_and_revoked()
    {
        var token = Sample.NewInitialAccessToken();
        token = token with { Label = new string('l', (256 * 1024) - Expect.Size(token with { Label = "" }) - 2) };
        await Store.AddInitialAccessTokenAsync(token);
        Assert.Equal(256 * 1024, Expect.Size(token));

        Assert.Equal(AddOutcome.Added, await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(token.Id)));
        Assert.Equal(RevokeOutcome.Revoked, await Store.RevokeInitialAccessTokenAsync(token.Id));

        await ReopenAsync();
        Assert.Equal(1, (await Store.FindInitialAccessTokenAsync(token.Id))!.Uses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task Lists_each_token_once_in_the_order_of_identifiers_with_pages_of_any_size(int size)
    {
        var dice = new Dice(3);
        var tokens = Enumerable.Range(0, 40)
            .Select(_ => Sample.InitialAccessToken(InitialAccessTokenId.FromBytes(dice.Bytes(16))))
            .ToList();
        await Task.WhenAll(tokens.Select(t => Store.AddInitialAccessTokenAsync(t).AsTask()));

        Expect.Same(tokens.OrderBy(t => t.Id), await Store.InitialAccessTokensAsync(size));
    }

    [Fact]
    public async Task Lists_spent_and_revoked_tokens_too_and_pages_go_on_behind_the_last_one()
    {
        var tokens = Enumerable.Range(0, 4).Select(_ => Sample.NewInitialAccessToken(maxUses: 1)).ToList();
        foreach (var token in tokens)
        {
            await Store.AddInitialAccessTokenAsync(token);
        }

        var first = await Store.ListInitialAccessTokensAsync(new PageRequest(2), CancellationToken.None);
        await Store.RevokeInitialAccessTokenAsync(tokens[2].Id);
        await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(tokens[3].Id));
        await ReopenAsync();
        var second = await Store.ListInitialAccessTokensAsync(new PageRequest(2, first.NextToken), CancellationToken.None);

        Assert.Equal(tokens[2..].Select(t => t.Id), second.Items.Select(t => t.Id));
        Assert.NotNull(second.Items[0].RevokedAt);
        Assert.Equal(1, second.Items[1].Uses);
        Assert.Null(second.NextToken);
    }

    [Fact]
    public async Task Revokes_a_token_once_and_keeps_all_else_of_it()
    {
        var token = Sample.NewInitialAccessToken();
        await Store.AddInitialAccessTokenAsync(token);

        Assert.Equal(RevokeOutcome.Revoked, await Store.RevokeInitialAccessTokenAsync(token.Id, Sample.Start.AddMinutes(1)));
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await Store.RevokeInitialAccessTokenAsync(token.Id, Sample.Start.AddMinutes(2)));

        await ReopenAsync();
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await Store.RevokeInitialAccessTokenAsync(token.Id, Sample.Start.AddMinutes(3)));
        Expect.Same(token with { RevokedAt = Sample.Start.AddMinutes(1) }, await Store.FindInitialAccessTokenAsync(token.Id));
        Assert.Equal(
            [AuditEventType.InitialAccessTokenIssued, AuditEventType.InitialAccessTokenRevoked],
            (await Store.AuditAsync()).Select(e => e.Type));
    }

    [Fact]
    public async Task Does_not_revoke_a_token_that_is_not_there()
    {
        Assert.Equal(RevokeOutcome.NotFound, await Store.RevokeInitialAccessTokenAsync(Sample.NewInitialAccessToken().Id));

        Assert.Empty(await Store.InitialAccessTokensAsync());
        Assert.Empty(await Store.AuditAsync());
    }

    [Fact]
    public async Task Clients_that_a_revoked_token_admitted_stay()
    {
        var token = Sample.NewInitialAccessToken();
        var client = Sample.NewClient();
        await Store.AddInitialAccessTokenAsync(token);
        await Store.AddAsync(client, new ConsumedCredentials(token.Id));

        await Store.RevokeInitialAccessTokenAsync(token.Id);

        Expect.Same(client, await Store.FindAsync(client.Id));
    }
}
