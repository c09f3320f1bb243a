using System.Net;
using GrpcDcr.Bench.Load.Driving;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>Something that can be put under load.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Process">What answers.</param>
/// <param name="ConnectAsync">Opens connections that together have so many requests under way.</param>
internal sealed record Contender(string Name, PinnedProcess Process, Func<int, Task<ILoadConnection[]>> ConnectAsync);

/// <summary>How many connections carry how many requests.</summary>
internal static class Connections
{
    /// <summary>An authorization server has few channels with many calls on each.</summary>
    private const int Channels = 4;

    public static async Task<ILoadConnection[]> Http(IPEndPoint server, byte[] request, int concurrency) =>
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Http1Connection.OpenAsync(server, request, expectedStatus: 201)));

    public static Task<ILoadConnection[]> Grpc(IPEndPoint server, IReadOnlyList<byte[]> requests, int concurrency) =>
        Task.WhenAll(Enumerable.Range(0, Channels).Select(i =>
        {
            var ring = new RequestRing(requests, i * requests.Count / Channels);
            return Http2Connection.OpenAsync(server, ring, concurrency / Channels);
        }));
}
