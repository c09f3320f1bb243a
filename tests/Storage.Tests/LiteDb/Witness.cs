using System.Collections.Concurrent;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Changes a store until it fails, remembers what it was told, and later checks that this is what the store remembers.</summary>
internal sealed class Witness(Dice dice)
{
    private const int Sampled = 10;

    private readonly ConcurrentDictionary<ClientId, Account> accounts = new();

    /// <summary>How many changes were acknowledged.</summary>
    public int Acknowledged => accounts.Values.Sum(a => a.Versions.Count);

    /// <summary>How many clients there are.</summary>
    public int Clients => accounts.Values.Count(a => a.Client is not null);

    /// <summary>Makes changes, one after the other, until <paramref name="count"/> are made or the store fails.</summary>
    public async Task ChangeAsync(IRegistrationStore store, int count, Action? between = null)
    {
        var own = new List<Account>();
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

    /// <summary>Each client is as it was last acknowledged, or as an unanswered change was to make it; its events tell the same.</summary>
    public async Task CheckAsync(IRegistrationStore store)
    {
        var clients = (await store.AllAsync()).ToDictionary(c => c.Id);
        var events = await store.AuditAsync();
        var versions = events.ToLookup(e => e.ClientId!.Value, e => long.Parse(e.Detail["version"], null));
        foreach (var account in accounts.Values)
        {
            account.Check(clients.GetValueOrDefault(account.Id), [.. versions[account.Id]]);
        }

        Assert.Equal(Clients, clients.Count);
        Assert.Equal(Enumerable.Range(1, Acknowledged).Select(i => (long)i), events.Select(e => e.Sequence));
        await CheckIndexesAsync(store, clients, events);
    }

    private static async Task CheckIndexesAsync(
        IRegistrationStore store, Dictionary<ClientId, RegisteredClient> clients, List<AuditEvent> events)
    {
        foreach (var state in Enum.GetValues<ClientState>())
        {
            var expected = clients.Values.Where(c => c.State == state).OrderBy(c => c.Id).Select(c => c.Id);
            Assert.Equal(expected, (await store.AllAsync(state)).Select(c => c.Id));
        }

        foreach (var id in events.Select(e => e.ClientId!.Value).Distinct().TakeLast(Sampled))
        {
            Expect.Same(clients.GetValueOrDefault(id), await store.FindAsync(id));
            Expect.Same(events.Where(e => e.ClientId == id), await store.AuditAsync(new AuditFilter(id)));
        }
    }

    private Account Open(List<Account> own)
    {
        var account = new Account(Sample.NewId());
        own.Add(account);
        accounts[account.Id] = account;
        return account;
    }

    /// <summary>What is known of one client.</summary>
    private sealed class Account(ClientId id)
    {
        private RegisteredClient? next;
        private bool unanswered;

        public ClientId Id => id;

        /// <summary>As acknowledged; <see langword="null"/> when there is none.</summary>
        public RegisteredClient? Client { get; private set; }

        /// <summary>The versions that its events tell, 0 where it went.</summary>
        public List<long> Versions { get; } = [];

        public async Task<bool> ChangeAsync(IRegistrationStore store, Dice dice)
        {
            next = Client is null ? Sample.Client(id) : dice.OneIn(4) ? null : Client.Next(dice.Of(Enum.GetValues<ClientState>()));
            try
            {
                await SendAsync(store);
                Become();
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
            if (unanswered && told.Length == Versions.Count + 1)
            {
                Become();
            }

            unanswered = false;
            Expect.Same(Client, found);
            Assert.Equal(Versions, told);
        }

        private async Task SendAsync(IRegistrationStore store)
        {
            if (Client is null)
            {
                Assert.Equal(AddOutcome.Added, await store.AddAsync(next!));
            }
            else if (next is null)
            {
                Assert.Equal(RemoveOutcome.Removed, await store.RemoveAsync(id, Client.Version));
            }
            else
            {
                Assert.Equal(ReplaceOutcome.Replaced, await store.ReplaceAsync(next));
            }
        }

        private void Become()
        {
            Client = next;
            Versions.Add(next?.Version ?? 0);
        }
    }
}
