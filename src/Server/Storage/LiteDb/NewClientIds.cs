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

    private readonly HashSet<ClientId> recent = [];
    private ClientId highest = highestStored ?? default;
    private ClientId searchUpTo = highestStored ?? default;

    /// <summary><see langword="false"/> when no client has it.</summary>
    public bool MayBeTaken(ClientId id) => id <= searchUpTo || recent.Contains(id);

    /// <summary>A client has it now.</summary>
    public void Take(ClientId id)
    {
        if (id <= searchUpTo)
        {
            return;
        }

        recent.Add(id);
        highest = id > highest ? id : highest;
        if (recent.Count > MaxRecent)
        {
            searchUpTo = highest;
            recent.Clear();
        }
    }
}
