using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>Where a connection is cut.</summary>
internal enum Cut
{
    None,

    /// <summary>Half of the request has passed.</summary>
    InRequest,

    /// <summary>The request has passed, and nothing of the answer.</summary>
    BeforeAnswer,

    /// <summary>The request has passed, and half of the answer.</summary>
    InAnswer,
}

/// <summary>
/// A proxy in front of several servers: each connection goes to the next one that takes it. Nothing is ever sent a second time. When told
/// to, it cuts connections.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly Cut[] Cuts = Enum.GetValues<Cut>();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly IReadOnlyList<int> _targets;
    private readonly Task _accepting;
    private uint _turn;
    private volatile bool _cutting;

    public Balancer(IReadOnlyList<int> targets)
    {
        _targets = targets;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether three of four connections are cut, at a different place in turn.</summary>
    public bool Cutting
    {
        get => _cutting;
        set => _cutting = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_ending.Token), _turn++);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy ends.
        }
    }

    private async Task ServeAsync(Socket near, uint number)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        using var nearSocket = near;
        try
        {
            using var far = await ConnectAsync(number);
            near.NoDelay = true;
            var cut = _cutting ? Cuts[number % Cuts.Length] : Cut.None;
            await Task.WhenAny(
                CopyAsync(near, far, cut == Cut.InRequest ? 0.5 : 1, closing.Token),
                CopyAsync(far, near, cut switch { Cut.BeforeAnswer => 0, Cut.InAnswer => 0.5, _ => 1 }, closing.Token));
            if (cut != Cut.None)
            {
                // Reset, as by a machine that fails.
                near.LingerState = far.LingerState = new LingerOption(true, 0);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Broken, as it may be.
        }

        await closing.CancelAsync();
    }

    /// <summary>To the next server that takes the connection; none has seen the request yet.</summary>
    private async Task<Socket> ConnectAsync(uint number)
    {
        for (var i = 0; ; i++)
        {
            var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _targets[(int)((number + i) % _targets.Count)], _ending.Token);
                return far;
            }
            catch (SocketException) when (i + 1 < _targets.Count)
            {
                far.Dispose();
            }
        }
    }

    /// <param name="from">What is read.</param>
    /// <param name="to">What is written.</param>
    /// <param name="share">How much of the first message passes before the end; 1 for no end.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    private static async Task CopyAsync(Socket from, Socket to, double share, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var read)
        {
            var passing = buffer.AsMemory(0, (int)(read * share));
            while (passing.Length > 0)
            {
                passing = passing[await to.SendAsync(passing, cancellationToken)..];
            }

            if (share < 1)
            {
                return;
            }
        }
    }
}
