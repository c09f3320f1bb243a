namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>
/// When each event can have happened: after it was asked, before it was acknowledged, and by what was seen. Since the log is an order, no
/// event is earlier than those before it nor later than those after it. A history that real time allows leaves each event a moment.
/// </summary>
internal sealed class Timeline
{
    /// <summary>One contradiction shows in many events.</summary>
    private const int MaxProblems = 20;

    private readonly History history;
    private readonly Lives lives;
    private readonly Bound[] earliest;
    private readonly Bound[] latest;
    private readonly List<string> problems = [];
    private readonly List<(Look Look, List<Moment> Life)> scattered = [];

    public Timeline(History history, Lives lives)
    {
        (this.history, this.lives) = (history, lives);
        earliest = [.. Enumerable.Repeat(new Bound(TimeSpan.MinValue, "nothing"), history.Events.Count)];
        latest = [.. Enumerable.Repeat(new Bound(TimeSpan.MaxValue, "nothing"), history.Events.Count)];
    }

    public IReadOnlyList<string> Problems()
    {
        BoundByChanges();
        foreach (var look in history.Looks)
        {
            BoundBy(look);
        }

        Spread();
        FindContradictions();
        foreach (var (look, life) in scattered.Where(one => !one.Life.Where((m, i) => one.Look.Fits(m.Stand) && IsPossible(one.Look, one.Life, i)).Any()))
        {
            problems.Add($"{look.What} of {look.ClientId} was seen from {look.Begin} to {look.End}, when it was never so in its {life.Count} moments.");
        }

        return [.. problems.Take(MaxProblems)];
    }

    private void BoundByChanges()
    {
        var byMark = history.Changes.GroupBy(change => change.Mark, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        for (var i = 0; i < history.Events.Count; i++)
        {
            if (history.Events[i] is { Effect: not Effect.None, Mark: var mark } && byMark.TryGetValue(mark, out var change))
            {
                NotBefore(i, change.Begin, $"{mark} was asked");
                if (change.Told == Told.Done)
                {
                    NotAfter(i, change.End, $"{mark} was acknowledged");
                }
            }
        }
    }

    /// <summary>Where the moments that fit follow each other, the first had come when it was seen, and the one after the last had not.</summary>
    private void BoundBy(Look look)
    {
        if (!lives.ByClient.TryGetValue(look.ClientId, out var life))
        {
            problems.Add($"{look.What} was seen of {look.ClientId}, which never was.");
            return;
        }

        var first = life.FindIndex(moment => look.Fits(moment.Stand));
        var last = life.FindLastIndex(moment => look.Fits(moment.Stand));
        if (first < 0)
        {
            problems.Add($"{look.What} of {look.ClientId} was seen at {look.Begin}, and it never was so: {string.Join(", ", life.Select(m => m.Stand))}.");
        }
        else if (life.GetRange(first, last - first + 1).TrueForAll(moment => look.Fits(moment.Stand)))
        {
            NotAfter(life[first].Event, look.End, $"{look.What} of {look.ClientId} was seen");
            if (last + 1 < life.Count)
            {
                NotBefore(life[last + 1].Event, look.Begin - look.Age, $"{look.What} of {look.ClientId} was still seen");
            }
        }
        else
        {
            scattered.Add((look, life));
        }
    }

    private void Spread()
    {
        for (var i = 1; i < earliest.Length; i++)
        {
            earliest[i] = earliest[i - 1].At > earliest[i].At ? earliest[i - 1] : earliest[i];
        }

        for (var i = latest.Length - 2; i >= 0; i--)
        {
            latest[i] = latest[i + 1].At < latest[i].At ? latest[i + 1] : latest[i];
        }
    }

    private void FindContradictions()
    {
        var known = new HashSet<(Bound, Bound)>();
        for (var i = 0; i < earliest.Length; i++)
        {
            if (earliest[i].At > latest[i].At && known.Add((earliest[i], latest[i])))
            {
                var logged = history.Events[i];
                problems.Add(
                    $"Event {logged.Sequence} ({logged.Effect} {logged.Mark}) is after {earliest[i].Why} at {earliest[i].At}, "
                    + $"and before {latest[i].Why} at {latest[i].At}.");
            }
        }
    }

    private bool IsPossible(Look look, List<Moment> life, int index) =>
        earliest[life[index].Event].At <= look.End
        && (index + 1 == life.Count || latest[life[index + 1].Event].At >= look.Begin - look.Age);

    private void NotBefore(int index, TimeSpan at, string why)
    {
        if (at > earliest[index].At)
        {
            earliest[index] = new Bound(at, why);
        }
    }

    private void NotAfter(int index, TimeSpan at, string why)
    {
        if (at < latest[index].At)
        {
            latest[index] = new Bound(at, why);
        }
    }

    private readonly record struct Bound(TimeSpan At, string Why);
}
