using System.Collections.Immutable;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>How many clients have each <see cref="ListedState"/>.</summary>
internal sealed record ClientCounter(ImmutableArray<long> Counts)
{
    public static ClientCounter None { get; } = new([.. new long[ListedState.End]]);

    /// <param name="before">The state of a client before a change; <see langword="null"/> if it was not there.</param>
    /// <param name="now">Its state now; <see langword="null"/> if it is gone.</param>
    public ClientCounter With(byte? before, byte? now)
    {
        if (before == now)
        {
            return this;
        }

        var counts = Counts.ToBuilder();
        if (before is { } earlier)
        {
            counts[earlier]--;
        }

        if (now is { } current)
        {
            counts[current]++;
        }

        return new ClientCounter(counts.MoveToImmutable());
    }

    /// <param name="states">The states of new clients.</param>
    public ClientCounter With(IEnumerable<byte> states)
    {
        var counts = Counts.ToBuilder();
        foreach (var state in states)
        {
            counts[state]++;
        }

        return new ClientCounter(counts.MoveToImmutable());
    }

    public Dictionary<byte, long> ByState() =>
        Counts.Select((count, state) => (Count: count, State: (byte)state))
            .Where(each => each.Count != 0)
            .ToDictionary(each => each.State, each => each.Count);
}
