using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Tests.Telemetry;

/// <summary>Counts by minute have a bound.</summary>
public sealed class MinuteCountsTests
{
    [Fact]
    public void Tells_the_minutes_apart_and_forgets_the_oldest()
    {
        var counts = new MinuteCounts(["a", "b"], maxOtherWords: 0, maxMinutes: 3);
        for (var minute = 1; minute <= 5; minute++)
        {
            counts.Add("a", minute);
            Assert.Equal(Math.Min(minute, 3), counts.Read()[0].Counts.Count);
            counts.Advance();
        }

        Assert.Equal([("a", "4 5 0"), ("b", "0 0 0")], Shown(counts));
    }

    [Fact]
    public void Counts_words_beyond_the_bound_together_and_known_ones_always_apart()
    {
        var counts = new MinuteCounts(["known"], maxOtherWords: 2, maxMinutes: 60);
        foreach (var word in new[] { "one", "two", "three", "four", "known", "one" })
        {
            counts.Add(word, 1);
        }

        Assert.Equal([("known", "1"), ("one", "2"), ("two", "1"), (MinuteCounts.Others, "2")], Shown(counts));
    }

    [Fact]
    public void Loses_nothing_when_many_threads_count()
    {
        var counts = new MinuteCounts([], maxOtherWords: 4, maxMinutes: 60);
        Parallel.For(0, 10_000, i => counts.Add($"{i % 8}", 1));
        Assert.Equal(10_000, counts.Read().Sum(word => word.Counts.Sum()));
        Assert.Equal(5, counts.Read().Count);
    }

    private static IEnumerable<(string Word, string Counts)> Shown(MinuteCounts counts) =>
        counts.Read().Select(word => (word.Word, string.Join(' ', word.Counts)));
}
