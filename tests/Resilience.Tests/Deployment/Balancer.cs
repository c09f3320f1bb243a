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

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly IReadOnlyList<int> targets;
    private readonly Task accepting;
    private uint turn;
    private volatile bool cutting;

    public Balancer(IReadOnlyList<int> targets)
    {
        this.targets = targets;
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether three of four connections are cut, at a different place in turn.</summary>
    public bool Cutting
    {
        get => cutting;
        set => cutting = value;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(ending.Token), turn++);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy ends.
        }
    }

    private async Task ServeAsync(Socket near, uint number)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        using var nearSocket = near;
        try
        {
            using var far = await ConnectAsync(number);
            near.NoDelay = true;
            var cut = cutting ? Cuts[number % Cuts.Length] : Cut.None;
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
                await far.ConnectAsync(IPAddress.Loopback, targets[(int)((number + i) % targets.Count)], ending.Token);
                return far;
            }
            catch (SocketException) when (i + 1 < targets.Count)
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
