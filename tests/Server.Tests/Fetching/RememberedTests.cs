using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.Tests.Fetching.Support;
using GrpcDcr.TestKit.Network;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>What is answered without asking again, and for how long.</summary>
public sealed class RememberedTests
{
    private int _asked;
    private bool _isBroken;

    [Fact]
    public async Task Answers_a_document_from_memory_for_its_time()
    {
        await using var encounter = Encounter.With(AnswerAsync);
        Assert.Equal("1", await encounter.TextAsync());
        _isBroken = true;
        encounter.Time.Advance(TimeSpan.FromSeconds(299.999));
        Assert.Equal("1", await encounter.TextAsync());
        encounter.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal("answered with status 503; allowed is 200", await encounter.ProblemAsync());
    }

    [Theory]
    [InlineData("no-store", 5)]
    [InlineData("no-cache", 5)]
    [InlineData("private", 5)]
    [InlineData("max-age=0", 5)]
    [InlineData("max-age=60", 60)]
    [InlineData("max-age=60, s-maxage=90", 90)]
    [InlineData("max-age=86400", 300)]
    [InlineData("public", 300)]
    public async Task Asks_again_as_its_server_says_but_no_sooner_than_after_five_seconds(string control, int seconds)
    {
        await using var encounter = Encounter.With(conversation => conversation.SendAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: {control}\r\nContent-Length: 1\r\n\r\n{++_asked}"));
        for (var round = 1; round <= 2; round++)
        {
            Assert.Equal($"{round}", await encounter.TextAsync());
            encounter.Time.Advance(TimeSpan.FromSeconds(seconds - 0.001));
            Assert.Equal($"{round}", await encounter.TextAsync());
            encounter.Time.Advance(TimeSpan.FromSeconds(0.001));
        }
    }

    [Fact]
    public async Task Answers_no_document_from_memory_where_that_is_off()
    {
        await using var encounter = Encounter.With(AnswerAsync, options => options.CacheSeconds = 0);
        Assert.Equal(("1", "2"), (await encounter.TextAsync(), await encounter.TextAsync()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task Repeats_a_failure_for_five_seconds_and_then_asks_again(int cacheSeconds)
    {
        await using var encounter = Encounter.With(AnswerAsync, options => options.CacheSeconds = cacheSeconds);
        _isBroken = true;
        var problem = await encounter.ProblemAsync();
        _isBroken = false;
        encounter.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(problem, await encounter.ProblemAsync());
        Assert.Single(encounter.Log.Lines);
        encounter.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal("2", await encounter.TextAsync());
    }

    [Fact]
    public async Task Asks_as_soon_again_for_a_document_that_was_of_no_use()
    {
        await using var encounter = Encounter.With(AnswerAsync);
        var document = await encounter.FetchAsync();
        encounter.Reject(document, "is of no use");
        Assert.Equal("is of no use", await encounter.ProblemAsync());
        encounter.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal("is of no use", await encounter.ProblemAsync());
        encounter.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal("2", await encounter.TextAsync());
    }

    [Fact]
    public async Task Keeps_the_document_that_came_after_the_one_of_no_use()
    {
        await using var encounter = Encounter.With(AnswerAsync);
        var document = await encounter.FetchAsync();
        encounter.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("2", await encounter.TextAsync());
        encounter.Reject(document, "is of no use");
        Assert.Equal("2", await encounter.TextAsync());
    }

    [Fact]
    public async Task Looks_no_name_up_again_that_has_just_failed()
    {
        await using var encounter = Encounter.With(AnswerAsync);
        await encounter.ProblemAsync(host: "missing.example");
        await encounter.ProblemAsync(host: "missing.example");
        Assert.Single(encounter.Network.Lookups);
    }

    [Theory]
    [InlineData("/keys", "/Keys")]
    [InlineData("/keys", "/keys?")]
    [InlineData("/keys?v=1", "/keys?v=2")]
    public async Task Tells_uris_apart_by_every_character(string one, string other)
    {
        await using var encounter = Encounter.With(AnswerAsync);
        Assert.Equal(("1", "2", "1"), (await encounter.TextAsync(one), await encounter.TextAsync(other), await encounter.TextAsync(one)));
    }

    [Fact]
    public async Task Forgets_the_oldest_where_there_are_too_many()
    {
        await using var encounter = Encounter.With(AnswerAsync, options => options.CacheEntries = 2);
        Assert.Equal(("1", "2"), (await encounter.TextAsync("/a"), await encounter.TextAsync("/b")));
        Assert.Equal(("1", "3"), (await encounter.TextAsync("/a"), await encounter.TextAsync("/c")));
        Assert.Equal(("2", "3"), (await encounter.TextAsync("/b"), await encounter.TextAsync("/c")));
        Assert.Equal("4", await encounter.TextAsync("/a"));
    }

    [Fact]
    public async Task A_flood_of_failures_drives_no_document_out()
    {
        await using var encounter = Encounter.With(AnswerAsync, options => options.CacheEntries = 2);
        Assert.Equal("1", await encounter.TextAsync("/a"));
        _isBroken = true;
        for (var n = 0; n < 10; n++)
        {
            await encounter.ProblemAsync($"/{n}");
        }

        Assert.Equal("1", await encounter.TextAsync("/a"));
    }

    [Fact]
    public void Keeps_a_document_for_its_time_from_when_it_came()
    {
        var time = new FakeTimeProvider();
        var memory = new DocumentCache(capacity: 10, TimeSpan.FromSeconds(10), time);
        memory.Put("a", FetchedDocument.Failed("a"));
        time.Advance(TimeSpan.FromSeconds(6));
        memory.Put("b", FetchedDocument.Failed("b"));
        memory.Put("a", FetchedDocument.Failed("again"));
        Assert.True(memory.TryGet("a", out var a));
        Assert.Equal("a", a.Problem);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((false, true), (memory.TryGet("a", out _), memory.TryGet("b", out _)));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(memory.TryGet("b", out _));
    }

    private Task AnswerAsync(Conversation conversation) => _isBroken
        ? conversation.SendAsync($"HTTP/1.1 503 Sorry {++_asked}\r\nContent-Length: 0\r\n\r\n")
        : conversation.SendJsonAsync($"{++_asked}");
}
