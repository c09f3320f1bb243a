using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>What is known of one client. Each of its changes uses a statement of its own, and each registration some token.</summary>
internal sealed class ClientAccount(ClientId id, Func<InitialAccessTokenId?> anyToken) : IAccount
{
    private RegisteredClient? _next;
    private ConsumedCredentials _spending = new ConsumedCredentials();
    private bool _unanswered;

    public ClientId Id => id;

    /// <summary>As acknowledged; <see langword="null"/> when there is none.</summary>
    public RegisteredClient? Client { get; private set; }

    /// <summary>The versions that its events tell, 0 where it went.</summary>
    public List<long> Versions { get; } = [];

    /// <summary>The tokens that admitted it, once for each registration.</summary>
    public List<InitialAccessTokenId> Tokens { get; } = [];

    /// <summary>The statements that are used up, and must not be forgotten.</summary>
    public List<OneTimeUse> Statements { get; } = [];

    /// <summary>Its last change went unanswered, and turned out not to have happened.</summary>
    public bool HasLost { get; private set; }

    public async Task<bool> ChangeAsync(IRegistrationStore store, Dice dice)
    {
        _next = Client is null ? Sample.Client(id) : dice.OneIn(4) ? null : Client.Next(dice.Of(Enum.GetValues<ClientState>()));
        _spending = new ConsumedCredentials(Client is null ? anyToken() : null, _next is null ? null : StatementOf(dice));
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
            _unanswered = e.Failure == StorageFailure.OutcomeUnknown;
            return false;
        }
    }

    public void Check(RegisteredClient? found, long[] told)
    {
        HasLost = _unanswered && told.Length == Versions.Count;
        if (_unanswered && !HasLost)
        {
            Become();
        }

        _unanswered = false;
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
            var outcome = await store.AddAsync(_next!, _spending);
            Assert.True(
                outcome == AddOutcome.Added
                    || (outcome == AddOutcome.InitialAccessTokenSpent && _spending.InitialAccessTokenId is not null),
                $"{outcome}");
            return outcome == AddOutcome.Added;
        }

        if (_next is null)
        {
            Assert.Equal(RemoveOutcome.Removed, await store.RemoveAsync(id, Client.Version));
        }
        else
        {
            Assert.Equal(ReplaceOutcome.Replaced, await store.ReplaceAsync(_next, _spending.SoftwareStatement!));
        }

        return true;
    }

    /// <summary>One half may be forgotten at once.</summary>
    private OneTimeUse StatementOf(Dice dice) =>
        Sample.SoftwareStatement($"{Versions.Count} of {id}", dice.OneIn(2) ? DateTimeOffset.UnixEpoch : null);

    private void Become()
    {
        Client = _next;
        Versions.Add(_next?.Version ?? 0);
        Tokens.AddRange(_spending.InitialAccessTokenId is { } token ? [token] : []);
        Statements.AddRange(_spending.SoftwareStatement is { } statement && statement.Until > Sample.Start ? [statement] : []);
    }
}
