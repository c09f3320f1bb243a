using System.Net;
using System.Runtime.InteropServices;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// Limits the clients that registered without a token and were never approved, so that anonymous callers cannot fill the store. Clients of
/// this instance count at once; those of other instances, and clients that were approved or removed, with the next count.
/// </summary>
internal sealed class UnapprovedClients(
    UnapprovedClientOptions options, IClientReader store, ServiceMetrics metrics, TimeProvider time)
{
    /// <summary>How often it is decided whether to count.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Without a refusal, the stored clients are counted this often.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly ClientState[] Unapproved = [ClientState.Pending, ClientState.Rejected];

    private readonly Lock _lock = new();
    private readonly List<Use> _sinceCountBegan = [];
    private Totals _totals = new();
    private bool _isCounting;
    private bool _hasRefused;
    private long? _countedAt;

    /// <summary>Takes the place of a new client before it is stored.</summary>
    /// <returns>The place, to be given back if the client is not stored; <see langword="null"/> for a client that does not count.</returns>
    /// <exception cref="RegistrationRefusedException">There is no room.</exception>
    public Use? Take(RegisteredClient client)
    {
        if (!Counts(client))
        {
            return null;
        }

        var use = Use.Of(client);
        lock (_lock)
        {
            if (_totals.FullOrigin(use, options) is { } origin)
            {
                _hasRefused = true;
                metrics.LimitReached(Attributes.UnapprovedClients);
                throw new RegistrationRefusedException(new RegistrationFault.TooManyUnapprovedClients(origin, Period));
            }

            _totals.Add(use, 1);
            if (_isCounting)
            {
                _sinceCountBegan.Add(use);
            }
        }

        return use;
    }

    public void GiveBack(Use? use)
    {
        if (use is not null)
        {
            lock (_lock)
            {
                _totals.Add(use, -1);
                _sinceCountBegan.Remove(use);
            }
        }
    }

    /// <summary>Counts the stored clients, if that was long ago, or if there may be room for clients that were refused.</summary>
    /// <exception cref="StorageException">They cannot be counted now; the earlier count stays.</exception>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (!_hasRefused && _countedAt is { } last && time.GetElapsedTime(last) < MaxAge)
        {
            return;
        }

        lock (_lock)
        {
            (_isCounting, _hasRefused) = (true, false);
            _sinceCountBegan.Clear();
        }

        var counted = new Totals();
        foreach (var state in Unapproved)
        {
            await AddAsync(counted, state, cancellationToken);
        }

        lock (_lock)
        {
            // A client that was stored while they were counted may count twice until the next count.
            _sinceCountBegan.ForEach(use => counted.Add(use, 1));
            (_totals, _isCounting) = (counted, false);
        }

        _countedAt = time.GetTimestamp();
    }

    private async Task AddAsync(Totals counted, ClientState state, CancellationToken cancellationToken)
    {
        PageToken? next = null;
        do
        {
            var page = await store.ListAsync(new ClientFilter(state), new PageRequest(PageRequest.MaxSize, next), cancellationToken);
            foreach (var client in page.Items.Where(Counts))
            {
                counted.Add(Use.Of(client), 1);
            }

            next = page.NextToken;
        }
        while (next is not null);
    }

    private static bool Counts(RegisteredClient client) =>
        client.AdmittedBy == AdmissionNames.Open && client.State is ClientState.Pending or ClientState.Rejected;

    /// <summary>What one client takes.</summary>
    /// <param name="Bytes">The size of its record.</param>
    /// <param name="Address">Where it comes from; <see langword="null"/> if unknown.</param>
    /// <param name="Hosts">The hosts and schemes of its redirect URIs, except those on the user's own machine.</param>
    internal sealed record Use(int Bytes, IPAddress? Address, IReadOnlyList<string> Hosts)
    {
        public static Use Of(RegisteredClient client) => new(
            ClientRecord.Encode(client).Length,
            IPAddress.TryParse(client.SourceAddress, out var address) ? address : null,
            [
                .. ClientTrait.Of(client.Metadata, sourceAddress: null)
                    .Where(trait => trait.Subject == BlockSubject.RedirectHost && !trait.IsCommon)
                    .Select(trait => trait.Value)
                    .Distinct(),
            ]);

        /// <summary>The networks that it counts for, and how many times the limit of one caller each may use.</summary>
        public IEnumerable<(CallerNetwork Network, NetworkLevel Level)> Networks => Address is null
            ? []
            : NetworkLevels.Of(Address).Always.Select(level => (CallerNetwork.Of(Address, level.Length), level));
    }

    private sealed class Totals
    {
        private readonly Dictionary<CallerNetwork, int> _byNetwork = [];
        private readonly Dictionary<string, int> _byHost = [];
        private int _count;
        private long _bytes;

        /// <summary>The origin that has no room for another client, in words; <see langword="null"/> if there is room.</summary>
        public string? FullOrigin(Use use, UnapprovedClientOptions options) =>
            use.Networks.Any(at => _byNetwork.GetValueOrDefault(at.Network) >= at.Level.LimitOf(options.MaxPerNetwork)) ? "this network"
            : use.Hosts.Any(host => _byHost.GetValueOrDefault(host) >= options.MaxPerRedirectHost) ? "this redirect host"
            : _count >= options.Max || _bytes + use.Bytes > options.MaxBytes ? "all origins"
            : null;

        /// <param name="use">What the client takes.</param>
        /// <param name="change">1 to take it, -1 to give it back.</param>
        public void Add(Use use, int change)
        {
            _count += change;
            _bytes += change * use.Bytes;
            foreach (var (network, _) in use.Networks)
            {
                Add(_byNetwork, network, change);
            }

            foreach (var host in use.Hosts)
            {
                Add(_byHost, host, change);
            }
        }

        private static void Add<T>(Dictionary<T, int> totals, T key, int change)
            where T : notnull
        {
            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, key, out _);
            total += change;
        }
    }
}
