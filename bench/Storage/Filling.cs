using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Bench.Storage;

/// <summary>
/// Fills a store with clients, every second one pending, and writes down the credentials of some active ones, one to a line.
/// </summary>
internal static class Filling
{
    private const int InFlight = 512;
    private const int Samples = 10_000;

    public static async Task RunAsync(string folder, int count, string samples)
    {
        await using var store = new LiteDbStore(new LiteDbOptions(folder), TimeProvider.System, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        var known = new string?[count];
        var every = Math.Max(2, count / Samples / 2 * 2);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < count)
            {
                var secret = $"secret-of-client-number-{i.ToString("D20", CultureInfo.InvariantCulture)}";
                var client = SampleClient.New() with
                {
                    State = i % 2 == 0 ? ClientState.Active : ClientState.Pending,
                    Secret = new ClientSecret(SecretHash.Of(secret), ExpiresAt: null),
                };
                await store.AddAsync(client, new ConsumedCredentials(), SampleClient.Registered(client), CancellationToken.None);
                known[i] = i % every == 0 ? $"{client.Id} {secret}" : null;
            }
        })));
        await File.WriteAllLinesAsync(samples, known.OfType<string>());
    }
}
