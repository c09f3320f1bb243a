using System.Collections.Concurrent;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Changes a store until it fails, remembers what it was told, and later checks that this is what the store remembers.</summary>
internal sealed class Witness(Dice dice)
{
    private const int Sampled = 10;

    private readonly ConcurrentDictionary<ClientId, ClientAccount> _clients = new();
    private readonly ConcurrentDictionary<InitialAccessTokenId, InitialAccessTokenAccount> _tokens = new();

    /// <summary>How many changes were acknowledged.</summary>
    public int Acknowledged => _clients.Values.Sum(a => a.Versions.Count) + _tokens.Values.Sum(a => a.Changes);

    /// <summary>How many clients there are.</summary>
    public int Clients => _clients.Values.Count(a => a.Client is not null);

    /// <summary>Makes changes, one after the other, until <paramref name="count"/> are made or the store fails.</summary>
    public async Task ChangeAsync(IRegistrationStore store, int count, Action? between = null)
    {
        var own = new List<IAccount>();
        for (var i = 0; i < count; i++)
        {
            between?.Invoke();
            var account = own.Count > 0 && dice.OneIn(3) ? dice.Of(own) : Open(own);
            if (!await account.ChangeAsync(store, dice))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Each client is as it was last acknowledged, or as an unanswered change was to make it; its events tell the same, and so do the
    /// tokens that admitted it and the statements it used.
    /// </summary>
    public async Task CheckAsync(IRegistrationStore store)
    {
        var found = (await store.AllAsync()).ToDictionary(c => c.Id);
        var events = await store.AuditAsync();
        var versions = events.Where(e => e.ClientId is not null)
            .ToLookup(e => e.ClientId!.Value, e => e.ClientRevision!.Value);
        foreach (var account in _clients.Values)
        {
            account.Check(found.GetValueOrDefault(account.Id), [.. versions[account.Id]]);
        }

        await CheckTokensAsync(store, events);
        Assert.Equal(Clients, found.Count);
        Assert.Equal(Enumerable.Range(1, Acknowledged).Select(i => (long)i), events.Select(e => e.Sequence));
        await CheckStatementsAsync(store);
        await CheckIndexesAsync(store, found, events);
    }

    /// <summary>Makes again what was lost. The store is of no more use to this witness then.</summary>
    public async Task RetryLostAsync(IRegistrationStore store)
    {
        foreach (var account in _clients.Values.Where(a => a.HasLost))
        {
            await account.RetryAsync(store);
        }
    }

    private async Task CheckTokensAsync(IRegistrationStore store, List<AuditEvent> events)
    {
        var found = (await store.InitialAccessTokensAsync()).ToDictionary(t => t.Id);
        var uses = _clients.Values.SelectMany(a => a.Tokens).CountBy(t => t).ToDictionary();
        var told = events.Where(e => e.ClientId is null).CountBy(e => $"{((AuditDetail.OfInitialAccessToken)e.Detail!).Id}").ToDictionary();
        foreach (var account in _tokens.Values)
        {
            account.Check(
                found.GetValueOrDefault(account.Id), uses.GetValueOrDefault(account.Id), told.GetValueOrDefault($"{account.Id}"));
        }

        Assert.Equal(_tokens.Values.Count(a => a.IsIssued), found.Count);
    }

    /// <summary>Nothing happens here, for each statement is used up.</summary>
    private async Task CheckStatementsAsync(IRegistrationStore store)
    {
        foreach (var used in _clients.Values.SelectMany(a => a.Statements).TakeLast(Sampled))
        {
            Assert.Equal(
                AddOutcome.SoftwareStatementReplayed,
                await store.AddAsync(Sample.NewClient(), new ConsumedCredentials(SoftwareStatement: used)));
        }
    }

    private static async Task CheckIndexesAsync(
        IRegistrationStore store, Dictionary<ClientId, RegisteredClient> clients, List<AuditEvent> events)
    {
        foreach (var state in Enum.GetValues<ClientState>())
        {
            var expected = clients.Values.Where(c => c.State == state).OrderBy(c => c.Id).Select(c => c.Id);
            Assert.Equal(expected, (await store.AllAsync(state)).Select(c => c.Id));
        }

        foreach (var id in events.Select(e => e.ClientId).OfType<ClientId>().Distinct().TakeLast(Sampled))
        {
            Expect.Same(clients.GetValueOrDefault(id), await store.FindAsync(id));
            Expect.Same(events.Where(e => e.ClientId == id), await store.AuditAsync(new AuditFilter(id)));
        }
    }

    private IAccount Open(List<IAccount> own)
    {
        IAccount account = dice.OneIn(12) ? OpenToken() : OpenClient();
        own.Add(account);
        return account;
    }

    private ClientAccount OpenClient()
    {
        var account = new ClientAccount(Sample.NewId(), AnyToken);
        return _clients[account.Id] = account;
    }

    private InitialAccessTokenAccount OpenToken()
    {
        var account = new InitialAccessTokenAccount(Sample.NewInitialAccessToken(maxUses: dice.OneIn(2) ? 1 + dice.Below(5) : null));
        return _tokens[account.Id] = account;
    }

    /// <summary>One that is issued, whoever did it, and perhaps spent or revoked; or none.</summary>
    private InitialAccessTokenId? AnyToken()
    {
        var issued = _tokens.Values.Where(t => t.IsIssued).TakeLast(5).ToList();
        return issued.Count == 0 || dice.OneIn(3) ? null : dice.Of(issued).Id;
    }
}
