namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>When it happened, and what could be seen: the checker lets through what real time allows, and nothing else.</summary>
public sealed class TimelineTests
{
    private readonly SampleHistory _history = new();

    [Fact]
    public void An_order_that_real_time_forbids_shows()
    {
        _history.Changes[1] = _history.Changes[1] with { Begin = SampleHistory.At(6), End = SampleHistory.At(7) };
        _history.AssertProblem("u was asked at 00:00:06, and before s was acknowledged at 00:00:05");
    }

    [Fact]
    public void Changes_at_the_same_time_have_either_order()
    {
        _history.Changes[1] = _history.Changes[1] with { Begin = SampleHistory.At(4.5), End = SampleHistory.At(7) };
        _history.AssertWell();
    }

    [Theory]
    [InlineData(1, 1.5, "r")]
    [InlineData(2.5, 2.6, "r")]
    [InlineData(2.5, 2.6, "u")]
    [InlineData(9, 10, "u")]
    public void A_read_sees_what_may_be_there(double begin, double end, string content)
    {
        _history.See(s => s.Content == content, begin, end);
        _history.AssertWell();
    }

    [Theory]
    [InlineData(3.1, 3.2, "r")]
    [InlineData(1, 1.9, "u")]
    [InlineData(9, 10, "x")]
    public void A_read_of_what_was_before_or_comes_later_shows(double begin, double end, string content)
    {
        _history.See(s => s.Content == content, begin, end);
        _history.AssertProblem("was");
    }

    [Fact]
    public void Reads_that_go_back_show()
    {
        // While the update is under way either may be seen, but not the old after the new.
        _history.See(s => s.Content == "u", 2.1, 2.2);
        _history.AssertWell();
        _history.See(s => s.Content == "r", 2.3, 2.4);
        _history.AssertProblem("still seen");
    }

    [Fact]
    public void What_is_gone_before_it_is_deleted_shows()
    {
        _history.See(s => s.IsGone, 6, 7);
        _history.AssertProblem("it never was so");
        _history.Looks.Clear();
        _history.Change("d", 8, 9, Effect.Deletes, null);
        _history.Left.Clear();
        _history.See(s => s.IsGone, 6, 7);
        _history.AssertProblem("d was asked");
    }

    [Theory]
    [InlineData(5.9, true)]
    [InlineData(6.1, false)]
    public void Memory_may_be_a_second_old_and_no_older(double begin, bool isWell)
    {
        _history.Looks.Add(
            new Look(
                SampleHistory.Client, SampleHistory.At(begin), SampleHistory.At(begin + 0.1), TimeSpan.FromSeconds(1), s => s.Version == 2,
                "version 2"));
        Assert.Equal(isWell, _history.IsWell);
    }

    [Theory]
    [InlineData(1.2, true)]
    [InlineData(5.5, false)]
    [InlineData(8.5, true)]
    public void What_was_so_at_several_times_is_seen_at_one_of_them(double begin, bool isWell)
    {
        _history.Change("a", 7, 8, Effect.Decides, "ACTIVE");
        _history.Left[SampleHistory.Client] = new Stand(4, "ACTIVE", "u");
        _history.Looks.Add(
            new Look(
                SampleHistory.Client, SampleHistory.At(begin), SampleHistory.At(begin + 0.1), TimeSpan.Zero, s => s.State == "ACTIVE",
                "active"));
        Assert.Equal(isWell, _history.IsWell);
    }
}
