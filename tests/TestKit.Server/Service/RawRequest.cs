using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GrpcDcr.TestKit.Service;

/// <summary>Sends bytes over a socket, for requests that no HTTP client would send, and reads one answer.</summary>
public sealed class RawRequest : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawRequest> OpenAsync(Uri listener)
    {
        var request = new RawRequest();
        await request._socket.ConnectAsync(IPAddress.Loopback, listener.Port);
        return request;
    }

    /// <summary>A registration of which only the head is sent.</summary>
    /// <param name="listener">Where.</param>
    /// <param name="headers">Header lines besides <c>Host</c>.</param>
    public static async Task<RawRequest> RegistrationAsync(Uri listener, params string[] headers)
    {
        var request = await OpenAsync(listener);
        await request.SendAsync(
            $"POST /oauth/register HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");
        return request;
    }

    public Task SendAsync(string ascii) => SendAsync(Encoding.ASCII.GetBytes(ascii));

    public async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    /// <summary>Sends until the server has had enough and closes the connection; says how much that was.</summary>
    public async Task<long> SendUntilClosedAsync(byte[] piece, long atMost)
    {
        var sent = 0L;
        try
        {
            while (sent < atMost)
            {
                await SendAsync(piece);
                sent += piece.Length;
            }
        }
        catch (SocketException)
        {
            // Closed: what the test waits for.
        }

        return sent;
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next answer, which must come within ten seconds.</summary>
    public async Task<RawAnswer> AnswerAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var received = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            if (RawAnswer.TryParse(received) is { } answer)
            {
                return answer;
            }

            var read = await _socket.ReceiveAsync(buffer, limit.Token);
            Assert.True(read > 0, "The connection ended before an answer: " + Encoding.ASCII.GetString([.. received]));
            received.AddRange(buffer.AsSpan(0, read));
        }
    }

    /// <summary>Whether the next thing that comes, within ten seconds, is the end of the connection.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await _socket.ReceiveAsync(new byte[1], limit.Token) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public void Dispose() => _socket.Dispose();
}

/// <summary>An answer as it came over the socket; its body must have a length.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Error => System.Text.Json.JsonElement.Parse(Body).GetProperty("error").GetString()!;

    public static RawAnswer? TryParse(IReadOnlyCollection<byte> received)
    {
        var text = Encoding.Latin1.GetString([.. received]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        return text.Length < end + 4 + length
            ? null
            : new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, text.Substring(end + 4, length));
    }
}
