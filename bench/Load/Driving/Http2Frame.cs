using System.Buffers.Binary;

namespace GrpcDcr.Bench.Load.Driving;

/// <summary>A frame header of HTTP/2, RFC 9113 section 4.1.</summary>
internal readonly record struct Http2Frame(int Length, byte Type, byte Flags, int Stream)
{
    public const int HeaderSize = 9;

    public const byte Data = 0x0;
    public const byte Headers = 0x1;
    public const byte ResetStream = 0x3;
    public const byte Settings = 0x4;
    public const byte Ping = 0x6;
    public const byte GoAway = 0x7;
    public const byte WindowUpdate = 0x8;

    /// <summary>Of <see cref="Data"/> and <see cref="Headers"/>.</summary>
    public const byte EndStream = 0x1;

    /// <summary>Of <see cref="Settings"/> and <see cref="Ping"/>.</summary>
    public const byte Ack = 0x1;

    /// <summary>Of <see cref="Headers"/>.</summary>
    public const byte EndHeaders = 0x4;

    public static Http2Frame Read(ReadOnlySpan<byte> bytes) => new(
        (bytes[0] << 16) | (bytes[1] << 8) | bytes[2], bytes[3], bytes[4], BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue);

    public void Write(Span<byte> bytes)
    {
        bytes[0] = (byte)(Length >> 16);
        bytes[1] = (byte)(Length >> 8);
        bytes[2] = (byte)Length;
        bytes[3] = Type;
        bytes[4] = Flags;
        SetStream(bytes, Stream);
    }

    /// <summary>Puts a stream into a frame that is written already.</summary>
    public static void SetStream(Span<byte> frame, int stream) => BinaryPrimitives.WriteInt32BigEndian(frame[5..], stream);

    public static byte[] With(byte type, byte flags, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[HeaderSize + payload.Length];
        new Http2Frame(payload.Length, type, flags, 0).Write(bytes);
        payload.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }
}
