namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>What happened, and how often: the checker lets through what may be, and nothing else.</summary>
public sealed class HistoryCheckerTests
{
    private readonly SampleHistory _history = new();

    [Fact]
    public void A_history_that_explains_itself_is_well() => _history.AssertWell();

    [Fact]
    public void A_gap_in_the_audit_log_shows()
    {
        _history.Events[2] = _history.Events[2] with { Sequence = 4 };
        _history.AssertProblem("has event 4 where 3 is due");
    }

    [Fact]
    public void A_number_given_twice_shows()
    {
        _history.Events[2] = _history.Events[2] with { Sequence = 2 };
        _history.AssertProblem("has event 2 where 3 is due");
    }

    [Fact]
    public void An_acknowledged_change_that_is_lost_shows()
    {
        _history.Events.RemoveAt(2);
        _history.Left[SampleHistory.Client] = new Stand(2, "ACTIVE", "u");
        _history.AssertProblem("s was acknowledged and did not happen");
    }

    [Fact]
    public void A_registration_that_was_acknowledged_and_left_nothing_shows()
    {
        _history.Changes.Add(new AskedChange("r2", "c2", SampleHistory.At(0), SampleHistory.At(1), Told.Done));
        _history.AssertProblem("r2 was acknowledged and did not happen");
    }

    [Fact]
    public void A_change_that_happened_twice_shows()
    {
        _history.Log(Effect.Decides, "s", "SUSPENDED");
        _history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "u");
        _history.AssertProblem("s happened 2 times");
    }

    [Fact]
    public void A_change_that_was_refused_and_happened_shows()
    {
        _history.Changes[2] = _history.Changes[2] with { Told = Told.Refused };
        _history.AssertProblem("s was refused and happened");
    }

    [Fact]
    public void A_change_that_nobody_asked_for_shows()
    {
        _history.Log(Effect.Decides, "x", "ACTIVE");
        _history.Left[SampleHistory.Client] = new Stand(4, "ACTIVE", "u");
        _history.AssertProblem("was asked by nobody");
    }

    [Fact]
    public void A_change_of_another_client_shows()
    {
        _history.Changes[2] = _history.Changes[2] with { ClientId = "another" };
        _history.AssertProblem("s happened to another client");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_without_an_answer_happened_or_did_not(bool happened)
    {
        _history.Changes.Add(new AskedChange("w", SampleHistory.Client, SampleHistory.At(6), SampleHistory.At(7), Told.Nothing));
        if (happened)
        {
            _history.Log(Effect.Updates, "w", "SUSPENDED");
            _history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "w");
        }

        _history.AssertWell();
    }

    [Fact]
    public void A_change_without_an_answer_may_happen_late()
    {
        _history.Changes.Add(new AskedChange("w", SampleHistory.Client, SampleHistory.At(1.5), SampleHistory.At(1.6), Told.Nothing));
        _history.Log(Effect.Updates, "w", "SUSPENDED");
        _history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "w");
        _history.AssertWell();
    }

    [Fact]
    public void A_change_that_happened_twice_after_no_answer_shows()
    {
        _history.Changes.Add(new AskedChange("w", SampleHistory.Client, SampleHistory.At(6), SampleHistory.At(7), Told.Nothing));
        _history.Log(Effect.Updates, "w", "SUSPENDED");
        _history.Log(Effect.Updates, "w", "SUSPENDED");
        _history.Left[SampleHistory.Client] = new Stand(5, "SUSPENDED", "w");
        _history.AssertProblem("w happened 2 times");
    }

    [Fact]
    public void A_lost_update_shows()
    {
        // Both were acknowledged and logged, and one wrote over the other.
        _history.Change("v", 6, 7, Effect.Updates, "SUSPENDED");
        _history.Left[SampleHistory.Client] = new Stand(3, "SUSPENDED", "v");
        _history.AssertProblem("should be");
    }

    [Theory]
    [InlineData(3, "SUSPENDED", "r")]
    [InlineData(3, "ACTIVE", "u")]
    [InlineData(4, "SUSPENDED", "u")]
    public void An_end_that_the_log_does_not_tell_shows(long version, string state, string content)
    {
        _history.Left[SampleHistory.Client] = new Stand(version, state, content);
        _history.AssertProblem("should be");
    }

    [Fact]
    public void A_client_that_is_gone_without_an_event_shows()
    {
        _history.Left.Clear();
        _history.AssertProblem("should be");
    }

    [Fact]
    public void A_client_that_came_without_an_event_shows()
    {
        _history.Left["half"] = new Stand(1, "PENDING", "h");
        _history.AssertProblem("half is there and no event says so");
    }

    [Fact]
    public void A_deleted_client_is_gone()
    {
        _history.Change("d", 6, 7, Effect.Deletes, null);
        _history.Left.Clear();
        _history.See(s => s.IsGone, 8, 9);
        _history.AssertWell();
    }

    [Fact]
    public void A_deleted_client_that_is_there_again_shows()
    {
        _history.Change("d", 6, 7, Effect.Deletes, null);
        _history.AssertProblem("should be");
    }

    [Fact]
    public void A_change_of_a_deleted_client_shows()
    {
        _history.Change("d", 6, 7, Effect.Deletes, null);
        _history.Change("w", 8, 9, Effect.Updates, "SUSPENDED");
        _history.AssertProblem("changes the deleted");
    }

    [Fact]
    public void A_second_registration_and_a_change_before_the_first_show()
    {
        _history.Change("r2", 6, 7, Effect.Registers, "ACTIVE");
        _history.AssertProblem("registers once more");
        _history.Events.RemoveAt(0);
        _history.AssertProblem("changes the unregistered");
    }

    [Fact]
    public void A_read_may_replace_the_token_of_its_client()
    {
        _history.Log(Effect.Rotates, "", null);
        _history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "u");
        _history.AssertWell();
    }

    [Fact]
    public void What_did_nothing_has_its_number_and_no_more()
    {
        _history.Log(Effect.None, "s", null);
        _history.AssertWell();
    }
}
