using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Bench.Load.Driving;

/// <summary>
/// gRPC calls over HTTP/2 in clear text, a fixed number of them at once. What a call costs here is a fraction of what a complete
/// client takes, so that one core of driver keeps one core of server busy. A call counts as good when a message came back:
/// a gRPC failure has none.
/// </summary>
internal sealed class Http2Connection : ILoadConnection
{
    private const int WindowTopUp = 1 << 20;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[256 * 1024];
    private readonly MemoryStream _sending = new();
    private readonly Dictionary<int, Call> _calls = [];
    private readonly RequestRing _requests;
    private readonly int _concurrency;
    private int _count;
    private int _nextStream = 1;
    private int _consumed;

    private Http2Connection(RequestRing requests, int concurrency) => (_requests, _concurrency) = (requests, concurrency);

    public static async Task<ILoadConnection> OpenAsync(IPEndPoint server, RequestRing requests, int concurrency)
    {
        var connection = new Http2Connection(requests, concurrency);
        await connection._socket.ConnectAsync(server);
        connection.Greet();
        await connection.SendAsync();
        return connection;
    }

    public async Task RunAsync(long end, Histogram latencies)
    {
        for (var i = 0; i < _concurrency; i++)
        {
            Begin(Stopwatch.GetTimestamp());
        }

        while (_calls.Count > 0)
        {
            await SendAsync();
            var read = await _socket.ReceiveAsync(_received.AsMemory(_count));
            _count += read > 0 ? read : throw new LoadException("The connection was closed.");
            Take(end, latencies);
        }

        await SendAsync();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>No header compression from the server (so nothing has to be decoded), no push, windows as large as there are.</summary>
    private void Greet()
    {
        _sending.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        _sending.Write(Http2Frame.With(Http2Frame.Settings, 0, [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]));
        WidenWindow(int.MaxValue - ushort.MaxValue);
    }

    private async ValueTask SendAsync()
    {
        if (_sending.Length > 0)
        {
            await _socket.SendAsync(_sending.GetBuffer().AsMemory(0, (int)_sending.Length));
            _sending.SetLength(0);
        }
    }

    private void Begin(long now)
    {
        var start = (int)_sending.Position;
        _sending.Write(_requests.Next());
        GrpcRequest.SetStream(_sending.GetBuffer().AsSpan(start), _nextStream);
        _calls.Add(_nextStream, new Call(now));
        _nextStream += 2;
    }

    private void Take(long end, Histogram latencies)
    {
        var now = Stopwatch.GetTimestamp();
        var rest = _received.AsSpan(0, _count);
        while (rest.Length >= Http2Frame.HeaderSize)
        {
            var frame = Http2Frame.Read(rest);
            if (rest.Length < Http2Frame.HeaderSize + frame.Length)
            {
                break;
            }

            if (Handle(frame, rest.Slice(Http2Frame.HeaderSize, frame.Length)) is { } answered)
            {
                latencies.Record(now - answered.Start);
                if (now < end)
                {
                    Begin(now);
                }
            }

            rest = rest[(Http2Frame.HeaderSize + frame.Length)..];
        }

        rest.CopyTo(_received);
        _count = rest.Length;
    }

    /// <returns>The call that this frame ended.</returns>
    private Call? Handle(Http2Frame frame, ReadOnlySpan<byte> payload)
    {
        switch (frame.Type)
        {
            case Http2Frame.Data:
                _calls[frame.Stream].HasMessage |= frame.Length > 0;
                Consume(frame.Length);
                return EndOf(frame);
            case Http2Frame.Headers:
                return EndOf(frame);
            case Http2Frame.Settings or Http2Frame.Ping when (frame.Flags & Http2Frame.Ack) == 0:
                _sending.Write(Http2Frame.With(frame.Type, Http2Frame.Ack, frame.Type == Http2Frame.Ping ? payload : []));
                return null;
            case Http2Frame.ResetStream or Http2Frame.GoAway:
                throw new LoadException($"The server ended the {(frame.Type == Http2Frame.GoAway ? "connection" : "call")}.");
            default:
                return null;
        }
    }

    private Call? EndOf(Http2Frame frame)
    {
        if ((frame.Flags & Http2Frame.EndStream) == 0)
        {
            return null;
        }

        _calls.Remove(frame.Stream, out var call);
        return call!.HasMessage ? call : throw new LoadException("A gRPC call failed.");
    }

    private void Consume(int bytes)
    {
        _consumed += bytes;
        if (_consumed > WindowTopUp)
        {
            WidenWindow(_consumed);
            _consumed = 0;
        }
    }

    private void WidenWindow(int bytes)
    {
        var increment = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(increment, bytes);
        _sending.Write(Http2Frame.With(Http2Frame.WindowUpdate, 0, increment));
    }

    private sealed class Call(long start)
    {
        public long Start => start;

        public bool HasMessage { get; set; }
    }
}
