namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>
/// Says what is wrong with a history. The audit log claims one order of all changes; it must hold each acknowledged change once, each other
/// one once at the most, real time must allow it, and what is there in the end, and what was seen on the way, must follow from it.
/// </summary>
internal static class HistoryChecker
{
    /// <returns>In words; nothing when all is well.</returns>
    public static IReadOnlyList<string> ProblemsOf(History history)
    {
        var lives = Lives.Of(history.Events, out var broken);
        return
        [
            .. SequencesOf(history),
            .. MarksOf(history),
            .. broken,
            .. EndsOf(history, lives),
            .. new Timeline(history, lives).Problems(),
        ];
    }

    private static IEnumerable<string> SequencesOf(History history)
    {
        var expected = history.EventsBefore;
        foreach (var logged in history.Events)
        {
            if (logged.Sequence != ++expected)
            {
                yield return $"The audit log has event {logged.Sequence} where {expected} is due.";
                expected = logged.Sequence;
            }
        }
    }

    /// <summary>Acknowledged: one event. Refused: none. Otherwise: one at the most.</summary>
    private static IEnumerable<string> MarksOf(History history)
    {
        var events = history.Events.Where(e => e.Effect != Effect.None && e.Mark.Length > 0).ToLookup(e => e.Mark, StringComparer.Ordinal);
        var asked = history.Changes.Select(change => change.Mark).ToHashSet(StringComparer.Ordinal);
        foreach (var change in history.Changes)
        {
            var count = events[change.Mark].Count();
            if (count > 1)
            {
                yield return $"{change.Mark} happened {count} times.";
            }
            else if (count == 0 && change.Told == Told.Done)
            {
                yield return $"{change.Mark} was acknowledged and did not happen.";
            }
            else if (count == 1 && change.Told == Told.Refused)
            {
                yield return $"{change.Mark} was refused and happened.";
            }
            else if (count == 1 && change.ClientId is { } id && id != events[change.Mark].Single().ClientId)
            {
                yield return $"{change.Mark} happened to another client than it was asked for.";
            }
        }

        foreach (var stray in history.Events.Where(e => e.Effect is not (Effect.None or Effect.Rotates) && !asked.Contains(e.Mark)))
        {
            yield return $"Event {stray.Sequence} ({stray.Effect} {stray.ClientId} {stray.Mark}) was asked by nobody.";
        }
    }

    private static IEnumerable<string> EndsOf(History history, Lives lives)
    {
        foreach (var (clientId, life) in lives.ByClient)
        {
            var (due, found) = (life[^1].Stand, history.Left.GetValueOrDefault(clientId, Stand.Gone));
            if (due != found)
            {
                yield return $"{clientId} should be {due} after all its events and is {found}.";
            }
        }

        foreach (var clientId in history.Left.Keys.Where(id => !lives.ByClient.ContainsKey(id)))
        {
            yield return $"{clientId} is there and no event says so.";
        }
    }
}
