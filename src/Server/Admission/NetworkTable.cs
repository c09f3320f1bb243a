using System.Runtime.InteropServices;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Admission;

/// <summary>Counts calls of this minute and the one before for each network. A network without calls in both is forgotten.</summary>
/// <param name="capacity">How many networks it has room for in a minute.</param>
internal sealed class NetworkTable(int capacity)
{
    private Dictionary<CallerNetwork, int> _current = [];
    private Dictionary<CallerNetwork, int> _previous = [];

    /// <summary>How many networks it has.</summary>
    public int Count => _current.Count + _previous.Count;

    /// <summary>Whether calls of the network can be counted.</summary>
    public bool Takes(CallerNetwork network) => _current.Count < capacity || _current.ContainsKey(network);

    public (int Before, int Used) Find(CallerNetwork network) =>
        (_previous.GetValueOrDefault(network), _current.GetValueOrDefault(network));

    public void Add(CallerNetwork network) => CollectionsMarshal.GetValueRefOrAddDefault(_current, network, out _)++;

    /// <summary>Begins another minute.</summary>
    /// <param name="isNext">Whether what was counted last is the minute before it.</param>
    public void Advance(bool isNext) => (_previous, _current) = (isNext ? _current : [], []);
}
