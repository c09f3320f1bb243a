using System.Buffers;
using static Google.Protobuf.WireFormat;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>
/// Writes a record in the format of protobuf, in one buffer: the generated messages, which read records, would be made of many objects.
/// Fields are named by the constants of those messages. A value that is <see langword="null"/> is not written.
/// </summary>
internal sealed class RecordWriter : IDisposable
{
    /// <summary>Bytes that most records fit in.</summary>
    private const int UsualLength = 4096;

    private const int LongestVarint = 10;
    private const int IdentifierLength = 16;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualLength);
    private int _length;

    /// <summary>What was written so far. Valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    public void Text(int field, string? text)
    {
        if (text is not null)
        {
            var length = System.Text.Encoding.UTF8.GetByteCount(text);
            Prefix(field, length);
            _length += System.Text.Encoding.UTF8.GetBytes(text, Room(length));
        }
    }

    public void Texts(int field, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            Text(field, text);
        }
    }

    public void Bytes(int field, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } value)
        {
            Bytes(field, value.Span);
        }
    }

    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Prefix(field, bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>16 bytes in RFC 9562 order.</summary>
    public void Identifier(int field, Guid? id)
    {
        if (id is { } value)
        {
            Prefix(field, IdentifierLength);
            value.TryWriteBytes(Room(IdentifierLength), bigEndian: true, out var written);
            _length += written;
        }
    }

    /// <summary>A number of a field that is not optional: 0 is not written.</summary>
    public void Number(int field, long value)
    {
        if (value != 0)
        {
            Number(field, (long?)value);
        }
    }

    /// <summary>A number of an optional field.</summary>
    public void Number(int field, long? number)
    {
        if (number is { } value)
        {
            Varint(MakeTag(field, WireType.Varint));
            Varint((ulong)value);
        }
    }

    /// <summary>A message in the record.</summary>
    /// <param name="field">Its field.</param>
    /// <param name="value">What it tells.</param>
    /// <param name="write">Writes its fields.</param>
    public void Message<T>(int field, T? value, Action<RecordWriter, T> write)
        where T : class
    {
        if (value is not null)
        {
            Inner(field, value, write);
        }
    }

    /// <summary>A message for each value.</summary>
    public void Messages<T>(int field, IReadOnlyCollection<T> values, Action<RecordWriter, T> write)
    {
        if (values.Count > 0)
        {
            foreach (var value in values)
            {
                Inner(field, value, write);
            }
        }
    }

    /// <summary>The length precedes the fields and is known after them, so they move by its size.</summary>
    private void Inner<T>(int field, T value, Action<RecordWriter, T> write)
    {
        Varint(MakeTag(field, WireType.LengthDelimited));
        var start = _length;
        write(this, value);
        var length = _length - start;
        Span<byte> prefix = stackalloc byte[LongestVarint];
        prefix = prefix[..Varint(prefix, (ulong)length)];
        Room(prefix.Length);
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + prefix.Length));
        prefix.CopyTo(_buffer.AsSpan(start));
        _length += prefix.Length;
    }

    private void Prefix(int field, int length)
    {
        Varint(MakeTag(field, WireType.LengthDelimited));
        Varint((ulong)length);
    }

    private void Varint(ulong value) => _length += Varint(Room(LongestVarint), value);

    private static int Varint(Span<byte> bytes, ulong value)
    {
        var length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        return length;
    }

    /// <summary>At least this many bytes behind what is written.</summary>
    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _length < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + length));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
