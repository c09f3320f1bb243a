using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>
/// The first block of a log, of pages or of changes. It fits in one disk sector, so a power loss leaves the old one or the new one.
/// </summary>
/// <param name="StoreId">The store this log belongs to; the data file says the same.</param>
/// <param name="Salt">Rises by one each time the log starts over; frames with another salt are leftovers.</param>
internal readonly record struct LogHeader(Guid StoreId, uint Salt)
{
    /// <summary>Frames and entries start here.</summary>
    public const int Size = 4096;

    private const int FormatVersion = 1;
    private const int Used = 40;

    /// <summary>A new log of this store.</summary>
    public static LogHeader New(Guid storeId) => new(storeId, (uint)RandomNumberGenerator.GetInt32(int.MaxValue));

    public byte[] ToBytes(LogKind kind)
    {
        var bytes = new byte[Size];
        kind.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), kind.Unit);
        StoreId.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(36), Crc32C.Of(bytes.AsSpan(0, Used - 4)));
        return bytes;
    }

    /// <param name="file">The log.</param>
    /// <param name="kind">What is expected in it.</param>
    /// <param name="name">Of the file.</param>
    /// <exception cref="StorageException">It is no header that this program can read.</exception>
    public static LogHeader Read(IStoreFile file, LogKind kind, string name)
    {
        Span<byte> bytes = stackalloc byte[Used];
        if (file.Read(bytes, 0) < Used || !bytes[..8].SequenceEqual(kind.Magic))
        {
            throw StoreFault.Damaged($"{name} is not a log of this service");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version > FormatVersion)
        {
            throw StoreFault.Newer($"{name} has format {version}, and this version reads {FormatVersion}");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Crc32C.Of(bytes[..36])
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != kind.Unit)
        {
            throw StoreFault.Damaged($"{name} has a damaged header");
        }

        return new LogHeader(new Guid(bytes[16..32], bigEndian: true), BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]));
    }
}

/// <summary>What a log holds.</summary>
/// <param name="Name">The first eight bytes of the file, in ASCII.</param>
/// <param name="Unit">Bytes of a page, or what entries are padded to.</param>
internal sealed record LogKind(string Name, int Unit)
{
    public ReadOnlySpan<byte> Magic => System.Text.Encoding.ASCII.GetBytes(Name);
}
