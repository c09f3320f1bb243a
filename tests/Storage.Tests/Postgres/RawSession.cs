using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>A session that speaks the protocol of PostgreSQL by hand, so that it can stop anywhere.</summary>
internal sealed class RawSession : IDisposable
{
    private readonly TcpClient _connection = new();

    private RawSession()
    {
    }

    public static async Task<RawSession> OpenAsync(int port, string user)
    {
        var session = new RawSession();
        await session._connection.ConnectAsync(IPAddress.Loopback, port);
        byte[] version = [0, 3, 0, 0];
        await session.SendAsync(
            default, [.. version, .. System.Text.Encoding.ASCII.GetBytes($"user\0{user}\0database\0{user}\0application_name\0raw\0\0")]);
        await session.AwaitReadyAsync();
        return session;
    }

    /// <summary>Asks, and waits for the end of the answer.</summary>
    public async Task QueryAsync(string sql)
    {
        await SendAsync((byte)'Q', System.Text.Encoding.ASCII.GetBytes(sql + "\0"));
        await AwaitReadyAsync();
    }

    /// <summary>Begins to ask, and goes no further: the database waits for the rest.</summary>
    public Task BeginToQueryAsync() => SendAsync((byte)'P', "\0select 1\0\0\0"u8.ToArray());

    /// <summary>Whether the database ends the session.</summary>
    public async Task<bool> IsEndedAsync()
    {
        var buffer = new byte[1024];
        while (await _connection.GetStream().ReadAsync(buffer) > 0)
        {
            // What the database says before it closes.
        }

        return true;
    }

    public void Dispose() => _connection.Dispose();

    private async Task SendAsync(byte? type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length + 4);
        await _connection.GetStream().WriteAsync((byte[])[.. type is { } known ? [known] : Array.Empty<byte>(), .. length, .. content]);
    }

    /// <summary>Reads messages up to ReadyForQuery.</summary>
    private async Task AwaitReadyAsync()
    {
        var head = new byte[5];
        do
        {
            await _connection.GetStream().ReadExactlyAsync(head);
            await _connection.GetStream().ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4]);
        }
        while (head[0] != (byte)'Z');
    }
}
