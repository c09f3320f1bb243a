using System.Buffers.Binary;
using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.PageLog;

/// <summary>
/// The header of a page in the log. Frames are chained by their checksums, and each one knows the batch it was written and synced with: a
/// batch counts only when all of it is there.
/// </summary>
/// <param name="Salt">The generation of the log, <see cref="LogHeader.Salt"/>.</param>
/// <param name="Previous">Checksum of the frame before; of the first frame, the salt.</param>
/// <param name="Index">Place in the log, from 0.</param>
/// <param name="Batch">Number of the batch, from 1.</param>
/// <param name="BatchStart">Place of the first frame of the batch.</param>
/// <param name="BatchLength">Frames in the batch.</param>
internal readonly record struct WalFrame(uint Salt, uint Previous, int Index, int Batch, int BatchStart, int BatchLength)
{
    /// <summary>LiteDB's page size.</summary>
    public const int PageSize = 8192;

    public const int HeaderSize = 32;

    public const int Size = HeaderSize + PageSize;

    private const int Checksummed = HeaderSize - 4;

    public static long OffsetOf(int index) => LogHeader.Size + ((long)index * Size);

    public bool EndsBatch => Index == BatchStart + BatchLength - 1;

    /// <summary>Fills in the header of <paramref name="frame"/>, whose page is in place, and returns the checksum.</summary>
    public uint Seal(Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Previous);
        BinaryPrimitives.WriteInt32LittleEndian(frame[8..], Index);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], Batch);
        BinaryPrimitives.WriteInt32LittleEndian(frame[16..], BatchStart);
        BinaryPrimitives.WriteInt32LittleEndian(frame[20..], BatchLength);
        frame[24..Checksummed].Clear();
        var checksum = ChecksumOf(frame);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[Checksummed..], checksum);
        return checksum;
    }

    /// <summary>Reads a frame that was written at this place in this generation of the log, and is undamaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, uint salt, int index, out WalFrame header, out uint checksum)
    {
        header = default;
        checksum = 0;
        if (frame.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(frame) != salt)
        {
            return false;
        }

        checksum = ChecksumOf(frame);
        header = new WalFrame(
            salt,
            BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(frame[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(frame[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(frame[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(frame[20..]));
        return header.Index == index && BinaryPrimitives.ReadUInt32LittleEndian(frame[Checksummed..]) == checksum;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> frame) =>
        Crc32C.Of(frame[HeaderSize..Size], Crc32C.Of(frame[..Checksummed]));
}
