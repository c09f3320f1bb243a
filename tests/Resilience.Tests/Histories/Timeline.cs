namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>
/// When each event can have happened: after it was asked, before it was acknowledged, and by what was seen. Since the log is an order, no
/// event is earlier than those before it nor later than those after it. A history that real time allows leaves each event a moment.
/// </summary>
internal sealed class Timeline
{
    /// <summary>One contradiction shows in many events.</summary>
    private const int MaxProblems = 20;

    private readonly History _history;
    private readonly Lives _lives;
    private readonly Bound[] _earliest;
    private readonly Bound[] _latest;
    private readonly List<string> _problems = [];
    private readonly List<(Look Look, List<Moment> Life)> _scattered = [];

    public Timeline(History history, Lives lives)
    {
        (_history, _lives) = (history, lives);
        _earliest = [.. Enumerable.Repeat(new Bound(TimeSpan.MinValue, "nothing"), history.Events.Count)];
        _latest = [.. Enumerable.Repeat(new Bound(TimeSpan.MaxValue, "nothing"), history.Events.Count)];
    }

    public IReadOnlyList<string> Problems()
    {
        BoundByChanges();
        foreach (var look in _history.Looks)
        {
            BoundBy(look);
        }

        Spread();
        FindContradictions();
        foreach (
            var (look, life) in _scattered.Where(
                one => !one.Life.Where((m, i) => one.Look.Fits(m.Stand) && IsPossible(one.Look, one.Life, i)).Any()))
        {
            _problems.Add(
                $"{look.What} of {look.ClientId} was seen from {look.Begin} to {look.End}, when it was never so in its {life.Count} "
                    + $"moments.");
        }

        return [.. _problems.Take(MaxProblems)];
    }

    private void BoundByChanges()
    {
        var byMark = _history.Changes.GroupBy(change => change.Mark, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        for (var i = 0; i < _history.Events.Count; i++)
        {
            if (_history.Events[i] is { Effect: not Effect.None, Mark: var mark } && byMark.TryGetValue(mark, out var change))
            {
                NotBefore(i, change.Begin, $"{mark} was asked");
                if (change.Told == Told.Done)
                {
                    NotAfter(i, change.End, $"{mark} was acknowledged");
                }
            }
        }
    }

    /// <summary>
    /// Where the moments that fit follow each other, the first had come when it was seen, and the one after the last had not.
    /// </summary>
    private void BoundBy(Look look)
    {
        if (!_lives.ByClient.TryGetValue(look.ClientId, out var life))
        {
            _problems.Add($"{look.What} was seen of {look.ClientId}, which never was.");
            return;
        }

        var first = life.FindIndex(moment => look.Fits(moment.Stand));
        var last = life.FindLastIndex(moment => look.Fits(moment.Stand));
        if (first < 0)
        {
            _problems.Add(
                $"{look.What} of {look.ClientId} was seen at {look.Begin}, and it never was so: "
                    + $"{string.Join(", ", life.Select(m => m.Stand))}.");
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
            _scattered.Add((look, life));
        }
    }

    private void Spread()
    {
        for (var i = 1; i < _earliest.Length; i++)
        {
            _earliest[i] = _earliest[i - 1].At > _earliest[i].At ? _earliest[i - 1] : _earliest[i];
        }

        for (var i = _latest.Length - 2; i >= 0; i--)
        {
            _latest[i] = _latest[i + 1].At < _latest[i].At ? _latest[i + 1] : _latest[i];
        }
    }

    private void FindContradictions()
    {
        var known = new HashSet<(Bound, Bound)>();
        for (var i = 0; i < _earliest.Length; i++)
        {
            if (_earliest[i].At > _latest[i].At && known.Add((_earliest[i], _latest[i])))
            {
                var logged = _history.Events[i];
                _problems.Add(
                    $"Event {logged.Sequence} ({logged.Effect} {logged.Mark}) is after {_earliest[i].Why} at {_earliest[i].At}, "
                    + $"and before {_latest[i].Why} at {_latest[i].At}.");
            }
        }
    }

    private bool IsPossible(Look look, List<Moment> life, int index) =>
        _earliest[life[index].Event].At <= look.End
        && (index + 1 == life.Count || _latest[life[index + 1].Event].At >= look.Begin - look.Age);

    private void NotBefore(int index, TimeSpan at, string why)
    {
        if (at > _earliest[index].At)
        {
            _earliest[index] = new Bound(at, why);
        }
    }

    private void NotAfter(int index, TimeSpan at, string why)
    {
        if (at < _latest[index].At)
        {
            _latest[index] = new Bound(at, why);
        }
    }

    private readonly record struct Bound(TimeSpan At, string Why);
}
