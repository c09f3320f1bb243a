using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Says of most identifiers that nobody has them yet. Identifiers grow with time, but for those of one millisecond, which come in any order. So a
/// new one is mostly above all but a few recent ones, which are remembered, and needs no search.
/// </summary>
internal sealed class NewClientIds(ClientId? highestStored)
{
    /// <summary>How many new identifiers are remembered.</summary>
    private const int MaxRecent = 8192;

    private readonly HashSet<ClientId> _recent = [];
    private ClientId _highest = highestStored ?? default;
    private ClientId _searchUpTo = highestStored ?? default;

    /// <summary><see langword="false"/> when no client has it.</summary>
    public bool MayBeTaken(ClientId id) => id <= _searchUpTo || _recent.Contains(id);

    /// <summary>A client has it now.</summary>
    public void Take(ClientId id)
    {
        if (id <= _searchUpTo)
        {
            return;
        }

        _recent.Add(id);
        _highest = id > _highest ? id : _highest;
        if (_recent.Count > MaxRecent)
        {
            _searchUpTo = _highest;
            _recent.Clear();
        }
    }
}
