using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GrpcDcr.Bench.Load.Driving;

/// <summary>
/// One request after the other over HTTP/1.1 with keep-alive: prebuilt bytes out, as little parsing as possible in. HttpClient
/// would cost more than the server.
/// </summary>
internal sealed class Http1Connection : ILoadConnection
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _request;
    private readonly int _expectedStatus;

    private Http1Connection(byte[] request, int expectedStatus) => (_request, _expectedStatus) = (request, expectedStatus);

    public static async Task<Http1Connection> OpenAsync(IPEndPoint server, byte[] request, int expectedStatus)
    {
        var connection = new Http1Connection(request, expectedStatus);
        await connection._socket.ConnectAsync(server);
        return connection;
    }

    public async Task RunAsync(long end, Histogram latencies)
    {
        long now;
        while ((now = Stopwatch.GetTimestamp()) < end)
        {
            await _socket.SendAsync(_request);
            await ReadAnswerAsync();
            latencies.Record(Stopwatch.GetTimestamp() - now);
        }
    }

    /// <summary>Sends each request when it is due, or as soon as the one before is answered; then the wait counts too.</summary>
    public async Task RunAsync(Schedule schedule, Histogram latencies)
    {
        for (var due = schedule.First; due < schedule.End; due += schedule.Apart)
        {
            var start = due;
            if (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due));
                start = Stopwatch.GetTimestamp();
            }

            await _socket.SendAsync(_request);
            await ReadAnswerAsync();
            latencies.Record(Stopwatch.GetTimestamp() - start);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReadAnswerAsync()
    {
        var count = 0;
        int length;
        do
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(count));
            count += read > 0 ? read : throw new LoadException("The connection was closed.");
            length = LengthOf(_buffer.AsSpan(0, count));
        }
        while (count < length);

        if (count > length)
        {
            throw new LoadException("More was answered than was asked.");
        }
    }

    /// <summary>Bytes of the whole answer, as far as they are known: more than there are while the headers are incomplete.</summary>
    private int LengthOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return int.MaxValue;
        }

        var headers = answer[..end];
        var field = headers.IndexOf("Content-Length: "u8);
        if (field < 0 || NumberAt(headers, "HTTP/1.1 ".Length) != _expectedStatus)
        {
            throw new LoadException(Encoding.UTF8.GetString(answer));
        }

        return end + 4 + NumberAt(headers, field + "Content-Length: ".Length);
    }

    private static int NumberAt(ReadOnlySpan<byte> headers, int position) =>
        Utf8Parser.TryParse(headers[position..], out int number, out _) ? number : -1;
}
