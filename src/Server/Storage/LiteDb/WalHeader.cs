using System.Buffers.Binary;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The first block of the log. It fits in one disk sector, so a power loss leaves the old one or the new one.
/// </summary>
/// <param name="StoreId">The store this log belongs to; the data file says the same.</param>
/// <param name="Salt">Rises by one each time the log starts over; frames with another salt are leftovers.</param>
internal readonly record struct WalHeader(Guid StoreId, uint Salt)
{
    /// <summary>Frames start here.</summary>
    public const int Size = 4096;

    private const int FormatVersion = 1;
    private const int Used = 40;

    private static ReadOnlySpan<byte> Magic => "GrpcDcrW"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), WalFrame.PageSize);
        StoreId.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(36), Crc32C.Of(bytes.AsSpan(0, Used - 4)));
        return bytes;
    }

    /// <exception cref="StorageException">It is no header that this program can read.</exception>
    public static WalHeader Read(IStoreFile file)
    {
        Span<byte> bytes = stackalloc byte[Used];
        if (file.Read(bytes, 0) < Used || !bytes[..8].SequenceEqual(Magic))
        {
            throw Unreadable("is not a log of this service");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version > FormatVersion)
        {
            throw StoreFault.Newer($"{StoreFiles.Log} has format {version}, and this version reads {FormatVersion}");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Crc32C.Of(bytes[..36])
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != WalFrame.PageSize)
        {
            throw Unreadable("has a damaged header");
        }

        return new WalHeader(new Guid(bytes[16..32], bigEndian: true), BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]));
    }

    private static StorageException Unreadable(string what) => StoreFault.Damaged($"{StoreFiles.Log} {what}");
}
