using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What is known of one client. Each of its changes uses a statement of its own, and each registration some token.</summary>
internal sealed class ClientAccount(ClientId id, Func<InitialAccessTokenId?> anyToken) : IAccount
{
    private RegisteredClient? next;
    private Spending spending = Spending.Nothing;
    private bool unanswered;

    public ClientId Id => id;

    /// <summary>As acknowledged; <see langword="null"/> when there is none.</summary>
    public RegisteredClient? Client { get; private set; }

    /// <summary>The versions that its events tell, 0 where it went.</summary>
    public List<long> Versions { get; } = [];

    /// <summary>The tokens that admitted it, once for each registration.</summary>
    public List<InitialAccessTokenId> Tokens { get; } = [];

    /// <summary>The statements that are used up, and must not be forgotten.</summary>
    public List<StatementUse> Statements { get; } = [];

    /// <summary>Its last change went unanswered, and turned out not to have happened.</summary>
    public bool HasLost { get; private set; }

    public async Task<bool> ChangeAsync(IRegistrationStore store, Dice dice)
    {
        next = Client is null ? Sample.Client(id) : dice.OneIn(4) ? null : Client.Next(dice.Of(Enum.GetValues<ClientState>()));
        spending = new Spending(Client is null ? anyToken() : null, next is null ? null : StatementOf(dice));
        try
        {
            if (await SendAsync(store))
            {
                Become();
            }

            return true;
        }
        catch (StorageException e)
        {
            unanswered = e.Failure == StorageFailure.OutcomeUnknown;
            return false;
        }
    }

    public void Check(RegisteredClient? found, long[] told)
    {
        HasLost = unanswered && told.Length == Versions.Count;
        if (unanswered && !HasLost)
        {
            Become();
        }

        unanswered = false;
        Expect.Same(Client, found);
        Assert.Equal(Versions, told);
    }

    /// <summary>Makes its lost change again. Were anything of it left, it would be refused.</summary>
    public Task RetryAsync(IRegistrationStore store) => SendAsync(store);

    /// <returns>False when the token admits nobody any more.</returns>
    private async Task<bool> SendAsync(IRegistrationStore store)
    {
        if (Client is null)
        {
            var outcome = await store.AddAsync(next!, spending);
            Assert.True(outcome == AddOutcome.Added || (outcome == AddOutcome.TokenSpent && spending.Token is not null), $"{outcome}");
            return outcome == AddOutcome.Added;
        }

        if (next is null)
        {
            Assert.Equal(RemoveOutcome.Removed, await store.RemoveAsync(id, Client.Version));
        }
        else
        {
            Assert.Equal(ReplaceOutcome.Replaced, await store.ReplaceAsync(next, spending.Statement!));
        }

        return true;
    }

    /// <summary>One half may be forgotten at once.</summary>
    private StatementUse StatementOf(Dice dice) =>
        Sample.Statement($"{Versions.Count} of {id}", dice.OneIn(2) ? DateTimeOffset.UnixEpoch : null);

    private void Become()
    {
        Client = next;
        Versions.Add(next?.Version ?? 0);
        Tokens.AddRange(spending.Token is { } token ? [token] : []);
        Statements.AddRange(spending.Statement is { } statement && statement.Until > Sample.Start ? [statement] : []);
    }
}
