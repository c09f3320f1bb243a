using System.Diagnostics;
using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Postgres;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Bench.Storage;

/// <summary>
/// Fills an empty store with clients of a thousand hosts and a few thousand names, a seventh of them pending, and measures how long lists
/// and searches take: the first page, and all pages up to the first match where a call may end without one.
/// </summary>
internal static class Searching
{
    private const int InFlight = 512;
    private const int PageSize = 50;
    private const int Times = 11;
    private const string Rare = "needle";

    /// <param name="place">The folder of a LiteDB store, or a connection string of PostgreSQL.</param>
    /// <param name="count">How many clients.</param>
    public static async Task RunAsync(string place, int count)
    {
        await using IRegistrationStore store = place.Contains('=', StringComparison.Ordinal)
            ? new PostgresStore(new PostgresOptions(place), TimeProvider.System, NullLogger.Instance)
            : new LiteDbStore(new LiteDbOptions(place), TimeProvider.System, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        var clock = Stopwatch.StartNew();
        await FillAsync(store, count);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"filled, clients a second\t{count / clock.Elapsed.TotalSeconds:N0}"));
        foreach (var (what, filter) in Questions)
        {
            foreach (var order in Enum.GetValues<ListOrder>())
            {
                await MeasureAsync(store, $"{what}, {order}", filter, order);
            }
        }

        clock.Restart();
        var counts = await store.CountAsync(CancellationToken.None);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"count of {counts.ByState.Values.Sum()}\t{clock.Elapsed.TotalMilliseconds:F1} ms"));
    }

    private static (string What, ClientFilter Filter)[] Questions =>
    [
        ("all", ClientFilter.All),
        ("pending", new ClientFilter(ClientState.Pending)),
        ("host of one in 1,000", ClientFilter.All with { RedirectHost = "host7.example" }),
        ("host of one client", ClientFilter.All with { RedirectHost = Rare + ".example" }),
        ("pending, host of one in 1,000", new ClientFilter(ClientState.Pending) { RedirectHost = "host7.example" }),
        ("name of one client contains", ClientFilter.All with { NamePart = Rare }),
        ("name contains, of all", ClientFilter.All with { NamePart = "client" }),
        ("nobody's name contains", ClientFilter.All with { NamePart = "nobody" }),
        ("nobody's owner", ClientFilter.All with { Owner = "nobody" }),
    ];

    private static async Task FillAsync(IRegistrationStore store, int count)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < count)
            {
                var client = SampleClient.New();
                var host = i == count / 2 ? Rare : $"host{i % 1000}";
                client = client with
                {
                    State = i % 7 == 0 ? ClientState.Pending : ClientState.Active,
                    Metadata = client.Metadata with
                    {
                        RedirectUris = [$"https://{host}.example/callback"],
                        ClientName = i == count / 2 ? $"The {Rare}" : $"Client {i % 5000}",
                    },
                    SourceAddress = $"10.{i % 200}.{i / 200 % 250}.{i % 250}",
                };
                await store.AddAsync(client, new ConsumedCredentials(), SampleClient.Registered(client), CancellationToken.None);
            }
        })));
    }

    private static async Task MeasureAsync(IRegistrationStore store, string what, ClientFilter filter, ListOrder order)
    {
        var (pages, all) = (new List<double>(), new List<double>());
        var (calls, found) = (0, 0);
        for (var i = 0; i < Times; i++)
        {
            (calls, found) = (0, 0);
            var start = Stopwatch.GetTimestamp();
            PageToken? token = null;
            do
            {
                var page = await store.ListAsync(filter, new PageRequest(PageSize, token, order), CancellationToken.None);
                (token, found, calls) = (page.NextToken, found + page.Items.Count, calls + 1);
                if (calls == 1)
                {
                    pages.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
            while (found == 0 && token is not null);
            all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        pages.Sort();
        all.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}\t{pages[Times / 2]:F1} ms\t{all[Times / 2]:F1} ms in {calls} calls for {found}"));
    }
}
