namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>What happened, and how often: the checker lets through what may be, and nothing else.</summary>
public sealed class HistoryCheckerTests
{
    private readonly SampleHistory history = new();

    [Fact]
    public void A_history_that_explains_itself_is_well() => history.AssertWell();

    [Fact]
    public void A_gap_in_the_audit_log_shows()
    {
        history.Events[2] = history.Events[2] with { Sequence = 4 };
        history.AssertProblem("has event 4 where 3 is due");
    }

    [Fact]
    public void A_number_given_twice_shows()
    {
        history.Events[2] = history.Events[2] with { Sequence = 2 };
        history.AssertProblem("has event 2 where 3 is due");
    }

    [Fact]
    public void An_acknowledged_change_that_is_lost_shows()
    {
        history.Events.RemoveAt(2);
        history.Left[SampleHistory.Client] = new Stand(2, "ACTIVE", "u");
        history.AssertProblem("s was acknowledged and did not happen");
    }

    [Fact]
    public void A_registration_that_was_acknowledged_and_left_nothing_shows()
    {
        history.Changes.Add(new AskedChange("r2", "c2", SampleHistory.At(0), SampleHistory.At(1), Told.Done));
        history.AssertProblem("r2 was acknowledged and did not happen");
    }

    [Fact]
    public void A_change_that_happened_twice_shows()
    {
        history.Log(Effect.Decides, "s", "SUSPENDED");
        history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "u");
        history.AssertProblem("s happened 2 times");
    }

    [Fact]
    public void A_change_that_was_refused_and_happened_shows()
    {
        history.Changes[2] = history.Changes[2] with { Told = Told.Refused };
        history.AssertProblem("s was refused and happened");
    }

    [Fact]
    public void A_change_that_nobody_asked_for_shows()
    {
        history.Log(Effect.Decides, "x", "ACTIVE");
        history.Left[SampleHistory.Client] = new Stand(4, "ACTIVE", "u");
        history.AssertProblem("was asked by nobody");
    }

    [Fact]
    public void A_change_of_another_client_shows()
    {
        history.Changes[2] = history.Changes[2] with { ClientId = "another" };
        history.AssertProblem("s happened to another client");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_without_an_answer_happened_or_did_not(bool happened)
    {
        history.Changes.Add(new AskedChange("w", SampleHistory.Client, SampleHistory.At(6), SampleHistory.At(7), Told.Nothing));
        if (happened)
        {
            history.Log(Effect.Updates, "w", "SUSPENDED");
            history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "w");
        }

        history.AssertWell();
    }

    [Fact]
    public void A_change_without_an_answer_may_happen_late()
    {
        history.Changes.Add(new AskedChange("w", SampleHistory.Client, SampleHistory.At(1.5), SampleHistory.At(1.6), Told.Nothing));
        history.Log(Effect.Updates, "w", "SUSPENDED");
        history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "w");
        history.AssertWell();
    }

    [Fact]
    public void A_change_that_happened_twice_after_no_answer_shows()
    {
        history.Changes.Add(new AskedChange("w", SampleHistory.Client, SampleHistory.At(6), SampleHistory.At(7), Told.Nothing));
        history.Log(Effect.Updates, "w", "SUSPENDED");
        history.Log(Effect.Updates, "w", "SUSPENDED");
        history.Left[SampleHistory.Client] = new Stand(5, "SUSPENDED", "w");
        history.AssertProblem("w happened 2 times");
    }

    [Fact]
    public void A_lost_update_shows()
    {
        // Both were acknowledged and logged, and one wrote over the other.
        history.Change("v", 6, 7, Effect.Updates, "SUSPENDED");
        history.Left[SampleHistory.Client] = new Stand(3, "SUSPENDED", "v");
        history.AssertProblem("should be");
    }

    [Theory]
    [InlineData(3, "SUSPENDED", "r")]
    [InlineData(3, "ACTIVE", "u")]
    [InlineData(4, "SUSPENDED", "u")]
    public void An_end_that_the_log_does_not_tell_shows(long version, string state, string content)
    {
        history.Left[SampleHistory.Client] = new Stand(version, state, content);
        history.AssertProblem("should be");
    }

    [Fact]
    public void A_client_that_is_gone_without_an_event_shows()
    {
        history.Left.Clear();
        history.AssertProblem("should be");
    }

    [Fact]
    public void A_client_that_came_without_an_event_shows()
    {
        history.Left["half"] = new Stand(1, "PENDING", "h");
        history.AssertProblem("half is there and no event says so");
    }

    [Fact]
    public void A_deleted_client_is_gone()
    {
        history.Change("d", 6, 7, Effect.Deletes, null);
        history.Left.Clear();
        history.See(s => s.IsGone, 8, 9);
        history.AssertWell();
    }

    [Fact]
    public void A_deleted_client_that_is_there_again_shows()
    {
        history.Change("d", 6, 7, Effect.Deletes, null);
        history.AssertProblem("should be");
    }

    [Fact]
    public void A_change_of_a_deleted_client_shows()
    {
        history.Change("d", 6, 7, Effect.Deletes, null);
        history.Change("w", 8, 9, Effect.Updates, "SUSPENDED");
        history.AssertProblem("changes the deleted");
    }

    [Fact]
    public void A_second_registration_and_a_change_before_the_first_show()
    {
        history.Change("r2", 6, 7, Effect.Registers, "ACTIVE");
        history.AssertProblem("registers once more");
        history.Events.RemoveAt(0);
        history.AssertProblem("changes the unregistered");
    }

    [Fact]
    public void A_read_may_replace_the_token_of_its_client()
    {
        history.Log(Effect.Rotates, "", null);
        history.Left[SampleHistory.Client] = new Stand(4, "SUSPENDED", "u");
        history.AssertWell();
    }

    [Fact]
    public void What_did_nothing_has_its_number_and_no_more()
    {
        history.Log(Effect.None, "s", null);
        history.AssertWell();
    }
}
