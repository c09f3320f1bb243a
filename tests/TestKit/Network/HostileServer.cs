using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.TestKit.Network;

/// <summary>A server on this machine that follows a script for every connection and counts what arrives.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    /// <summary>Nothing here takes so long unless it hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentQueue<int> _arrivals = new();
    private readonly ConcurrentQueue<Task> _conversations = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Func<Conversation, Task> _serve;
    private readonly Task _accepting;

    private HostileServer(Func<Conversation, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of all requests, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Ends once all connections so far are over at this side, which includes that the client has closed them.</summary>
    public Task ConversationsAsync() => Task.WhenAll(_conversations).WaitAsync(Patience);

    /// <summary>Speaks nothing by itself.</summary>
    public static HostileServer Plain(Script script) => new(script.Invoke);

    /// <summary>Speaks TLS, reads the head of a request, and then follows the script.</summary>
    public static HostileServer Tls(Script script, X509Certificate2? certificate = null, params X509Certificate2[] intermediates)
    {
        var context = SslStreamCertificateContext.Create(certificate ?? TestAuthority.Only.Good, [.. intermediates], offline: true);
        HostileServer? server = null;
        server = new HostileServer(async conversation =>
        {
            await conversation.StartTlsAsync(context);
            if (await conversation.ReadRequestAsync())
            {
                server!.Requests.Enqueue(conversation.Request);
                await script(conversation);
            }
        });
        return server;
    }

    /// <summary>
    /// How many connections have come so far. A connection of the test's own goes through the same queue last, so none that came
    /// before it can be missed.
    /// </summary>
    public async Task<int> ArrivalsAsync()
    {
        using var probe = new TcpClient();
        await probe.ConnectAsync(IPAddress.Loopback, Port);
        var own = ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
        while (!_arrivals.Contains(own))
        {
            await _arrived.WaitAsync(_stopped.Token);
        }

        return _arrivals.Count - 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        await ConversationsAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopped.Token);
                _arrivals.Enqueue(((IPEndPoint)socket.RemoteEndPoint!).Port);
                _conversations.Enqueue(Task.Run(() => ServeAsync(new Conversation(socket, _stopped.Token))));
                _arrived.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over; a listener that was stopped between two connections says that it is not listening.
        }
    }

    private async Task ServeAsync(Conversation conversation)
    {
        try
        {
            await _serve(conversation);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The client has had enough, or the test is over.
        }
        finally
        {
            conversation.Dispose();
        }
    }
}
