using System.Collections.Concurrent;
using System.Threading.Channels;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Tests.Fetching.Support;
using GrpcDcr.TestKit.Network;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>Many fetches at once.</summary>
public sealed class ConcurrencyTests
{
    private const string Busy = "could not be fetched because too many other documents are being fetched; try again later";

    private readonly ConcurrentQueue<TaskCompletionSource> _held = new();
    private readonly Channel<bool> _arrived = Channel.CreateUnbounded<bool>();
    private int _present;
    private int _mostPresent;

    [Theory]
    [InlineData(2, 16, "keys.example keys.example keys.example keys.example keys.example", 2)]
    [InlineData(2, 3, "keys.example slow.example keys.example slow.example keys.example", 3)]
    [InlineData(1, 16, "keys.example slow.example keys.example slow.example keys.example", 2)]
    public async Task Asks_few_at_once_and_all_in_the_end(int perHost, int most, string hosts, int expected)
    {
        await using var encounter = Encounter.With(
            HoldAsync, options => (options.MaxConcurrentPerHost, options.MaxConcurrent) = (perHost, most));
        encounter.Network.Say("slow.example", "8.8.8.8");
        var fetches = hosts.Split(' ').Select((host, n) => encounter.TextAsync($"/{n}", host)).ToList();
        for (var n = 0; n < expected; n++)
        {
            await ArrivalAsync();
        }

        Assert.Equal((expected, expected), (encounter.Network.Lookups.Count, _held.Count));
        for (var n = expected; n < fetches.Count; n++)
        {
            LetGo();
            await ArrivalAsync();
        }

        LetGo();
        await Task.WhenAll(fetches);
        Assert.Equal(expected, _mostPresent);
    }

    [Fact]
    public async Task Waits_for_a_turn_no_longer_than_a_fetch_may_take()
    {
        await using var encounter = Encounter.With(HoldAsync, options => options.MaxConcurrentPerHost = 1);
        var first = encounter.FetchAsync("/first");
        await ArrivalAsync();
        var second = encounter.FetchAsync("/second");
        encounter.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(("did not answer within 5 seconds", Busy), ((await first).Problem, (await second).Problem));
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());

        // The first has failed and is remembered. The second was never asked, so it is no failure of its own.
        var again = encounter.TextAsync("/second");
        await ArrivalAsync();
        _held.Last().SetResult();
        Assert.Equal("/second", await again);
    }

    [Fact]
    public async Task A_slow_host_takes_no_place_of_another()
    {
        await using var encounter = Encounter.With(HoldAsync, options => (options.MaxConcurrentPerHost, options.MaxConcurrent) = (1, 2));
        encounter.Network.Say("slow.example", "8.8.8.8");
        var slow = Enumerable.Range(0, 10).Select(n => encounter.FetchAsync($"/{n}", "slow.example")).ToList();
        await ArrivalAsync();
        var other = encounter.TextAsync("/other");
        await ArrivalAsync();
        _held.Last().SetResult();
        Assert.Equal("/other", await other);
        encounter.Time.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task Asks_once_for_all_who_ask_the_same()
    {
        await using var encounter = Encounter.With(HoldAsync);
        var fetches = Enumerable.Range(0, 20).Select(_ => encounter.FetchAsync("/same")).ToList();
        await ArrivalAsync();
        LetGo();
        var documents = await Task.WhenAll(fetches);
        Assert.Single(documents.Distinct(ReferenceEqualityComparer.Instance));
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Who_gives_up_ends_only_their_own_waiting()
    {
        await using var encounter = Encounter.With(HoldAsync);
        using var impatient = new CancellationTokenSource();
        var first = encounter.FetchAsync("/same", cancellationToken: impatient.Token);
        var second = encounter.TextAsync("/same");
        await ArrivalAsync();
        await impatient.CancelAsync();
        Assert.Equal(impatient.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first)).CancellationToken);
        Assert.False(second.IsCompleted);
        LetGo();
        Assert.Equal("/same", await second);
        Assert.Equal(1, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Starts_nothing_for_who_has_given_up_before()
    {
        await using var encounter = Encounter.With(HoldAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => encounter.FetchAsync(cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(encounter.Network.Lookups);
        Assert.Equal(0, await encounter.Server.ArrivalsAsync());
    }

    [Fact]
    public async Task Slots_are_counted_for_each_host_and_for_all()
    {
        var slots = new FetchSlots(most: 3, mostPerHost: 2);
        using var impatient = new CancellationTokenSource();
        Task<IDisposable>[] entered =
            [.. "a a a b b".Split(' ').Select(
                host => slots.EnterAsync(host, impatient.Token)), slots.EnterAsync("c", CancellationToken.None)];
        Assert.Equal([true, true, false, true, false, false], entered.Select(slot => slot.IsCompleted));
        Assert.Equal(3, slots.Hosts);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entered[2]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entered[4]);
        Assert.False(entered[5].IsCompleted);
        (await entered[0]).Dispose();
        (await entered[5].WaitAsync(HostileServer.Patience)).Dispose();
        Assert.Equal(2, slots.Hosts);
    }

    /// <summary>Answers with the path that was asked for, once it is let go.</summary>
    private async Task HoldAsync(Conversation conversation)
    {
        var now = Interlocked.Increment(ref _present);
        lock (_held)
        {
            _mostPresent = Math.Max(_mostPresent, now);
        }

        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held.Enqueue(hold);
        Assert.True(_arrived.Writer.TryWrite(true));
        await hold.Task.WaitAsync(conversation.Stopped);
        Interlocked.Decrement(ref _present);
        await conversation.SendJsonAsync(conversation.Target);
    }

    private Task ArrivalAsync() => _arrived.Reader.ReadAsync().AsTask().WaitAsync(HostileServer.Patience);

    private void LetGo()
    {
        while (_held.TryDequeue(out var hold))
        {
            hold.SetResult();
        }
    }
}
