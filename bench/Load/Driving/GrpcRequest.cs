using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace GrpcDcr.Bench.Load.Driving;

/// <summary>A gRPC call as the bytes of its HEADERS and DATA frames; only the stream is put in when it is sent.</summary>
internal static class GrpcRequest
{
    private const int PrefixSize = 5;

    /// <param name="authority">Host and port.</param>
    /// <param name="method">As in <c>/package.Service/Method</c>.</param>
    /// <param name="token">Bearer token; <see langword="null"/> for none.</param>
    /// <param name="message">The request.</param>
    public static byte[] Build(string authority, string method, string? token, IMessage message)
    {
        var headers = HeaderBlock(authority, method, token);
        var size = message.CalculateSize();
        var bytes = new byte[Http2Frame.HeaderSize + headers.Length + Http2Frame.HeaderSize + PrefixSize + size];
        new Http2Frame(headers.Length, Http2Frame.Headers, Http2Frame.EndHeaders, 0).Write(bytes);
        headers.CopyTo(bytes, Http2Frame.HeaderSize);

        var data = bytes.AsSpan(DataFrameOf(bytes));
        new Http2Frame(PrefixSize + size, Http2Frame.Data, Http2Frame.EndStream, 0).Write(data);
        BinaryPrimitives.WriteInt32BigEndian(data[(Http2Frame.HeaderSize + 1)..], size);
        message.WriteTo(data[(Http2Frame.HeaderSize + PrefixSize)..]);
        return bytes;
    }

    public static void SetStream(Span<byte> request, int stream)
    {
        Http2Frame.SetStream(request, stream);
        Http2Frame.SetStream(request[DataFrameOf(request)..], stream);
    }

    private static int DataFrameOf(ReadOnlySpan<byte> request) => Http2Frame.HeaderSize + Http2Frame.Read(request).Length;

    /// <summary>
    /// Literals without indexing (RFC 7541 section 6.2.2) with names of the static table, as .NET's own client sends them.
    /// </summary>
    private static byte[] HeaderBlock(string authority, string method, string? token)
    {
        using var block = new MemoryStream();
        block.Write([0x83, 0x86]);
        Write(block, [0x04], method);
        Write(block, [0x01], authority);
        Write(block, [0x0f, 0x10], "application/grpc");
        if (token is not null)
        {
            Write(block, [0x0f, 0x08], $"Bearer {token}");
        }

        Write(block, [0x00, 0x02, (byte)'t', (byte)'e'], "trailers");
        return block.ToArray();
    }

    private static void Write(MemoryStream block, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length >= 127)
        {
            throw new ArgumentException("A length takes one byte here.", nameof(value));
        }

        block.Write(name);
        block.WriteByte((byte)value.Length);
        block.Write(Encoding.ASCII.GetBytes(value));
    }
}
