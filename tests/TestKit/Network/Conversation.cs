using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace GrpcDcr.TestKit.Network;

/// <summary>What a hostile server does with one connection.</summary>
internal delegate Task Script(Conversation conversation);

/// <summary>One connection at the server's side.</summary>
internal sealed class Conversation(Socket socket, CancellationToken stopped) : IDisposable
{
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);

    /// <summary>Cancelled when the test is over.</summary>
    public CancellationToken Stopped => stopped;

    /// <summary>The head of the request, once read.</summary>
    public string Request { get; private set; } = "";

    /// <summary>The target of the request, once read.</summary>
    public string Target => Request.Split(' ')[1];

    /// <summary>The server's own port.</summary>
    public string Port { get; } = $"{((IPEndPoint)socket.LocalEndPoint!).Port}";

    public async Task StartTlsAsync(SslStreamCertificateContext certificate)
    {
        var secured = new SslStream(_stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }, stopped);
        _stream = secured;
    }

    /// <summary>Whether the client sent the head of a request.</summary>
    public async Task<bool> ReadRequestAsync()
    {
        var buffer = new byte[1];
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(buffer, stopped) > 0)
        {
            head.Append((char)buffer[0]);
        }

        Request = head.ToString();
        return Request.Length > 0;
    }

    /// <summary>The body of the request whose head was read; empty if the head announces none.</summary>
    public async Task<string> ReadBodyAsync()
    {
        const string Length = "\r\nContent-Length: ";
        var at = Request.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        var body = new byte[at < 0 ? 0 : int.Parse(Request[(at + Length.Length)..].Split('\r')[0], CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body, stopped);
        return Encoding.UTF8.GetString(body);
    }

    public Task SendAsync(string ascii) => SendAsync(Encoding.ASCII.GetBytes(ascii));

    public async Task SendAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes, stopped);
        await _stream.FlushAsync(stopped);
    }

    /// <summary>A whole answer of status 200 with a JSON document.</summary>
    public Task SendJsonAsync(string body) =>
        SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Sends the same again and again until the client has had enough.</summary>
    public async Task SendForeverAsync(string ascii)
    {
        var bytes = Encoding.ASCII.GetBytes(ascii);
        while (true)
        {
            await SendAsync(bytes);
        }
    }

    /// <summary>Ends when the client closes the connection.</summary>
    public async Task WaitForCloseAsync()
    {
        var buffer = new byte[1024];
        while (await _stream.ReadAsync(buffer, stopped) > 0)
        {
            // Whatever else it says is of no interest.
        }
    }

    /// <summary>Breaks the connection off without a farewell.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => _stream.Dispose();
}
