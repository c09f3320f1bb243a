using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GrpcDcr.Server.Fetching;

namespace GrpcDcr.Server.Tests.Fetching.Support;

/// <summary>
/// An internet of one machine: names have the addresses that a test says, and a connection to any address whatever leads to the same
/// port of this machine. So a connection that must not be made would arrive.
/// </summary>
internal sealed class ScriptedNetwork : IFetchNetwork
{
    public const string PublicAddress = "93.184.215.14";

    private readonly SystemNetwork _system = new(mostLookups: 1);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _names = new();

    /// <summary>The names looked up, in order.</summary>
    public ConcurrentQueue<string> Lookups { get; } = new();

    /// <summary>The addresses connected to, in order.</summary>
    public ConcurrentQueue<string> Connections { get; } = new();

    /// <summary>Called before a lookup is answered.</summary>
    public Func<CancellationToken, Task> BeforeLookup { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before a connection is made.</summary>
    public Func<CancellationToken, Task> BeforeConnection { get; set; } = _ => Task.CompletedTask;

    /// <summary>Adds one more answer for a name: addresses with spaces between them. The last is repeated for ever.</summary>
    public void Say(string host, string addresses) => _names.GetOrAdd(host, _ => new()).Enqueue(
        [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]);

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Lookups.Enqueue(host);
        await BeforeLookup(cancellationToken);
        if (!_names.TryGetValue(host, out var answers))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return answers.Count > 1 && answers.TryDequeue(out var answer) ? answer : answers.First();
    }

    public async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        Connections.Enqueue(endpoint.Address.ToString());
        await BeforeConnection(cancellationToken);
        return await _system.ConnectAsync(new IPEndPoint(IPAddress.Loopback, endpoint.Port), cancellationToken);
    }
}
