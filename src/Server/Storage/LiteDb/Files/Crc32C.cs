using System.Numerics;
using System.Runtime.InteropServices;

namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>CRC-32C (Castagnoli), the checksum that processors compute in one instruction.</summary>
internal static class Crc32C
{
    /// <param name="bytes">What to sum up.</param>
    /// <param name="previous">The sum of what comes before <paramref name="bytes"/>; 0 when nothing does.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint previous = 0)
    {
        var crc = ~previous;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var last in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return ~crc;
    }
}
