using System.Net;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// The networks that a call is counted for, from narrow to wide. Whoever has many IPv6 addresses has them in one /56 or /48, and may use a
/// new /64 for each call; each wider network may do four times as much, because it may belong to several callers.
/// </summary>
/// <param name="Always">Each call is counted for all of these.</param>
/// <param name="Crowded">
/// Counted instead of those that a full table has no room for: the first of these that it has room for. The last one has so few networks
/// that there is always room.
/// </param>
internal sealed record NetworkLevels(IReadOnlyList<NetworkLevel> Always, IReadOnlyList<NetworkLevel> Crowded)
{
    public static NetworkLevels OfIPv4 { get; } = new([new(32, 1)], [new(24, 4), new(16, 16), new(8, 64)]);

    public static NetworkLevels OfIPv6 { get; } = new([new(64, 1), new(56, 4), new(48, 16)], [new(32, 64), new(16, 256)]);

    public static NetworkLevels Of(IPAddress address) => CallerNetwork.IsOfIPv6(address) ? OfIPv6 : OfIPv4;
}

/// <param name="Length">Of the prefix.</param>
/// <param name="Multiple">How many times the limit of one caller a network may use.</param>
internal readonly record struct NetworkLevel(byte Length, int Multiple)
{
    /// <summary>Calls a minute from one network.</summary>
    /// <param name="limit">Calls a minute for one caller.</param>
    public int LimitOf(int limit) => (int)Math.Min(int.MaxValue, (long)limit * Multiple);
}
