using System.Diagnostics;
using System.Net;
using GrpcDcr.Bench.Load.Driving;
using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Growing;

/// <summary>What registrations at a fixed rate showed.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="Latencies">From the time at which each was due, where its connection was still busy then.</param>
internal sealed record Steady(double Rate, Histogram Latencies);

/// <summary>Open loop: requests come when they are due, whether or not the ones before are answered.</summary>
internal static class SteadyLoad
{
    /// <summary>As many as may be under way when the service stalls.</summary>
    private const int Connections = 128;

    public static async Task<Steady> RunAsync(IPEndPoint endpoint, double rate, TimeSpan length)
    {
        var request = RegistrationRequest.OverHttp(endpoint);
        var connections = new Http1Connection[Connections];
        for (var i = 0; i < Connections; i++)
        {
            connections[i] = await Http1Connection.OpenAsync(endpoint, request, expectedStatus: 201);
        }

        try
        {
            var start = Stopwatch.GetTimestamp();
            var end = start + (long)(length.TotalSeconds * Stopwatch.Frequency);
            var apart = (long)(Stopwatch.Frequency * Connections / rate);
            var all = await Task.WhenAll(connections.Select(async (connection, i) =>
            {
                var latencies = new Histogram();
                await connection.RunAsync(new Schedule(start + (apart * i / Connections), apart, end), latencies);
                return latencies;
            }));
            var elapsed = Stopwatch.GetElapsedTime(start);
            var together = new Histogram();
            Array.ForEach(all, together.Add);
            return new Steady(together.Count / elapsed.TotalSeconds, together);
        }
        finally
        {
            Array.ForEach(connections, connection => connection.Dispose());
        }
    }
}
