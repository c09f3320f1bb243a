using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.Contract;

/// <summary>Many callers at once who want to spend the same thing.</summary>
public abstract class ConsumedCredentialsRaceContract : StoreContract
{
    private protected ConsumedCredentialsRaceContract(Func<StoreHome> newHome)
        : base(newHome)
    {
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Of_many_registrations_that_want_the_last_uses_of_a_token_so_many_are_added(int uses)
    {
        for (var round = 0; round < 10; round++)
        {
            var token = Sample.NewInitialAccessToken(uses);
            await Store.AddInitialAccessTokenAsync(token);
            var clients = NewClients();

            var outcomes = await Racing.RaceAsync(racer => Store.AddAsync(clients[racer], new ConsumedCredentials(token.Id)));

            Assert.Equal(uses, outcomes.Count(o => o == AddOutcome.Added));
            Assert.Equal(Racing.Racers - uses, outcomes.Count(o => o == AddOutcome.InitialAccessTokenSpent));
            Assert.Equal(uses, (await Store.FindInitialAccessTokenAsync(token.Id))!.Uses);
            foreach (var (racer, client) in clients.Index())
            {
                var added = outcomes[racer] == AddOutcome.Added;
                Assert.Equal(added, await Store.FindAsync(client.Id) is not null);
                Assert.Equal(added ? 1 : 0, (await Store.AuditAsync(new AuditFilter(client.Id))).Count);
            }
        }
    }

    [Fact]
    public async Task Of_many_changes_that_use_the_same_statement_one_happens()
    {
        var known = NewClients();
        await Task.WhenAll(known.Select(c => Store.AddAsync(c).AsTask()));
        for (var round = 0; round < 10; round++)
        {
            var statement = Sample.SoftwareStatement($"round {round}");
            var fresh = NewClients();

            var happened = await Racing.RaceAsync(async racer => racer % 2 == 0
                ? await Store.AddAsync(fresh[racer], new ConsumedCredentials(SoftwareStatement: statement)) == AddOutcome.Added
                : await Store.ReplaceAsync(known[racer].Next(), statement) == ReplaceOutcome.Replaced);

            var winner = Assert.Single(happened.Index(), h => h.Item).Index;
            known[winner] = winner % 2 == 0 ? known[winner] : known[winner].Next();
            Assert.Equal(winner % 2 == 0, await Store.FindAsync(fresh[winner].Id) is not null);
        }

        Assert.Equal(Racing.Racers + 10, (await Store.AuditAsync()).Count);
    }

    [Fact]
    public async Task Beside_a_revocation_a_token_counts_exactly_those_that_it_admitted()
    {
        for (var round = 0; round < 10; round++)
        {
            var token = Sample.NewInitialAccessToken();
            await Store.AddInitialAccessTokenAsync(token);
            var clients = NewClients();

            var admitted = await Racing.RaceAsync(async racer => racer == Racing.Racers / 2
                ? await Store.RevokeInitialAccessTokenAsync(token.Id) != RevokeOutcome.Revoked
                : await Store.AddAsync(clients[racer], new ConsumedCredentials(token.Id)) == AddOutcome.Added);

            Assert.Equal(admitted.Count(a => a), (await Store.FindInitialAccessTokenAsync(token.Id))!.Uses);
            Assert.Equal(AddOutcome.InitialAccessTokenSpent, await Store.AddAsync(Sample.NewClient(), new ConsumedCredentials(token.Id)));
        }
    }

    private static List<RegisteredClient> NewClients() => [.. Enumerable.Range(0, Racing.Racers).Select(_ => Sample.NewClient())];
}
