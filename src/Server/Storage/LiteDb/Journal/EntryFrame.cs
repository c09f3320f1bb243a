using System.Buffers.Binary;
using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.Journal;

/// <summary>The header of an entry of a segment. Entries are chained by their checksums; an incomplete entry is ignored.</summary>
/// <param name="Salt">The generation of the segment, <see cref="LogHeader.Salt"/>.</param>
/// <param name="Previous">Checksum of the entry before; of the first one, the salt.</param>
/// <param name="Number">Of the entry.</param>
/// <param name="Length">Bytes of its content.</param>
internal readonly record struct EntryFrame(uint Salt, uint Previous, long Number, int Length)
{
    /// <summary>Entries begin at multiples of this, so that writing one touches no sector of what was acknowledged before.</summary>
    public const int Unit = 512;

    public const int HeaderSize = 32;

    private const int Checksummed = HeaderSize - 4;

    /// <summary>Bytes it takes in the file.</summary>
    public long Size => (HeaderSize + (long)Length + Unit - 1) / Unit * Unit;

    /// <summary>
    /// Fills in the header of <paramref name="entry"/>, whose content and padding are in place, and returns the checksum.
    /// </summary>
    public uint Seal(Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], Previous);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], Number);
        BinaryPrimitives.WriteInt32LittleEndian(entry[16..], Length);
        entry[20..Checksummed].Clear();
        var checksum = ChecksumOf(entry);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[Checksummed..], checksum);
        return checksum;
    }

    /// <summary>Reads an entry that was written in this generation of the segment, and is undamaged.</summary>
    /// <param name="bytes">From its first byte on, to the end of the file.</param>
    /// <param name="salt">The generation.</param>
    /// <param name="frame">Its header.</param>
    /// <param name="checksum">Its checksum.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, uint salt, out EntryFrame frame, out uint checksum)
    {
        (frame, checksum) = (default, 0);
        if (bytes.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != salt)
        {
            return false;
        }

        frame = new EntryFrame(
            salt,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        if (frame.Length < 0 || frame.Size > bytes.Length)
        {
            return false;
        }

        checksum = ChecksumOf(bytes[..(int)frame.Size]);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[Checksummed..]) == checksum;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> entry) => Crc32C.Of(entry[HeaderSize..], Crc32C.Of(entry[..Checksummed]));
}
