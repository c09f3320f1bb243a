using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// Knows without a search that most new identifiers are free. Identifiers increase with time, except within one millisecond, so a new one
/// is almost always higher than all but a few recent ones, which are kept here.
/// </summary>
internal sealed class NewClientIds(ClientId? highestStored)
{
    /// <summary>How many recent identifiers are kept.</summary>
    private const int MaxRecent = 8192;

    private readonly HashSet<ClientId> _recent = [];
    private ClientId _highest = highestStored ?? default;
    private ClientId _searchUpTo = highestStored ?? default;

    /// <summary><see langword="false"/> when no client has it.</summary>
    public bool MayBeTaken(ClientId id) => id <= _searchUpTo || _recent.Contains(id);

    /// <summary>The identifier is taken now.</summary>
    public void Add(ClientId id)
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
