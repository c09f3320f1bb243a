using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.TestKit.Running;

/// <summary>Stands between a program and a server on the loopback interface, and breaks what is between them when told to.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<(TcpClient Near, TcpClient Far)> _pairs = [];
    private readonly Task _accepting;
    private Func<ReadOnlyMemory<byte>, bool>? _answersLostAfter;
    private volatile bool _refusing;

    public TcpRelay(int target)
    {
        Target = target;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port that new connections go to.</summary>
    public int Target { get; set; }

    /// <summary>Cuts all connections.</summary>
    public void Cut()
    {
        lock (_pairs)
        {
            _pairs.ForEach(Close);
            _pairs.Clear();
        }
    }

    /// <summary>Whether new connections are closed at once.</summary>
    public bool Refusing
    {
        get => _refusing;
        set => _refusing = value;
    }

    /// <summary>
    /// Once: after passing on a message for which <paramref name="matches"/> holds, the answer never comes and the connection is cut.
    /// </summary>
    public void LoseAnswerTo(Func<ReadOnlyMemory<byte>, bool> matches) => _answersLostAfter = matches;

    /// <summary>Whether the answer that <see cref="LoseAnswerTo"/> was about is lost.</summary>
    public bool LostAnAnswer => _answersLostAfter is null;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_ending.Token);
                if (_refusing)
                {
                    near.Dispose();
                    continue;
                }

                _ = ServeAsync(near);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The relay ends.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        var pair = (Near: near, Far: new TcpClient { NoDelay = true });
        near.NoDelay = true;
        try
        {
            await pair.Far.ConnectAsync(IPAddress.Loopback, Target, _ending.Token);
            lock (_pairs)
            {
                _pairs.Add(pair);
            }

            var silent = new Silence();
            await Task.WhenAny(
                CopyAsync(pair.Near, pair.Far, Watch),
                CopyAsync(pair.Far, pair.Near, _ => silent.Fallen));

            bool Watch(ReadOnlyMemory<byte> message)
            {
                if (_answersLostAfter is { } matches && matches(message))
                {
                    _answersLostAfter = null;
                    silent.Fallen = true;
                }

                return false;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Broken, as it may be.
        }
        finally
        {
            Close(pair);
        }
    }

    /// <summary>Passes on what comes, until <paramref name="stops"/> says so of something, which is not passed on.</summary>
    private async Task CopyAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> stops)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _ending.Token) is > 0 and var read && !stops(buffer.AsMemory(0, read)))
        {
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _ending.Token);
        }
    }

    private static void Close((TcpClient Near, TcpClient Far) pair)
    {
        pair.Near.Dispose();
        pair.Far.Dispose();
    }

    private sealed class Silence
    {
        public volatile bool Fallen;
    }
}
