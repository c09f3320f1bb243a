using System.Diagnostics;
using GrpcDcr.Server.Tests.Fetching.Support;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>Whatever a server delays, a fetch ends in its time and lets the connection go.</summary>
public sealed class SlowServerTests
{
    private const string Late = "did not answer within 5 seconds";
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Ends_while_tls_is_not_answered()
    {
        await using var encounter = new Encounter(HostileServer.Plain(SilentAsync));
        await EndsInTimeAsync(encounter);
    }

    [Fact]
    public async Task Ends_while_the_request_is_not_answered()
    {
        await using var encounter = Encounter.With(SilentAsync);
        await EndsInTimeAsync(encounter);
    }

    [Theory]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")]
    [InlineData(Head + "X-Slow: ", "x")]
    [InlineData(Head + "Content-Length: 60000\r\n\r\n", "1")]
    [InlineData(Head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n1\r\n")]
    [InlineData(Head + "\r\n", "1")]
    public async Task Ends_while_an_answer_drips(string beginning, string drop)
    {
        await using var encounter = Encounter.With(async c =>
        {
            await c.SendAsync(beginning);
            for (var drops = 0; drops < 100; drops++)
            {
                await c.SendAsync(drop);
            }

            _reached.SetResult();
            await c.WaitForCloseAsync();
        });
        await EndsInTimeAsync(encounter);
    }

    [Fact]
    public async Task Ends_while_a_name_is_not_found()
    {
        await using var encounter = Encounter.With(SilentAsync);
        encounter.Network.BeforeLookup = StuckAsync;
        await EndsInTimeAsync(encounter);
        Assert.Equal(0, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Ends_while_a_connection_is_not_accepted()
    {
        await using var encounter = Encounter.With(SilentAsync);
        encounter.Network.BeforeConnection = StuckAsync;
        await EndsInTimeAsync(encounter);
        Assert.Equal(0, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Ends_by_the_clock_of_this_machine()
    {
        await using var encounter = new Encounter(
            HostileServer.Tls(async c =>
            {
                await c.SendAsync(Head + "Content-Length: 60000\r\n\r\n");
                while (true)
                {
                    await c.SendAsync("1");
                    await Task.Delay(20, c.Stopped);
                }
            }),
            options => options.TimeoutSeconds = 1,
            TimeProvider.System);
        var clock = Stopwatch.StartNew();
        Assert.Equal("did not answer within 1 seconds", await encounter.ProblemAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));
    }

    /// <summary>The server has sent what it sends. One moment before its time the fetch goes on, then it ends and closes.</summary>
    private async Task EndsInTimeAsync(Encounter encounter)
    {
        var fetch = encounter.ProblemAsync();
        await _reached.Task.WaitAsync(HostileServer.Patience);
        encounter.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(fetch.IsCompleted);
        encounter.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(Late, await fetch);
        await encounter.Server.ConversationsAsync();
    }

    private async Task SilentAsync(Conversation conversation)
    {
        _reached.SetResult();
        await conversation.WaitForCloseAsync();
    }

    private Task StuckAsync(CancellationToken cancellationToken)
    {
        _reached.SetResult();
        return Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
