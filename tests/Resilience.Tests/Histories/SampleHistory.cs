namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>One client, registered from second 0 to 1, updated from 2 to 3 and suspended from 4 to 5; tests go on from there.</summary>
internal sealed class SampleHistory
{
    public const string Client = "c";

    public SampleHistory()
    {
        Change("r", 0, 1, Effect.Registers, "ACTIVE");
        Change("u", 2, 3, Effect.Updates, "ACTIVE");
        Change("s", 4, 5, Effect.Decides, "SUSPENDED");
        Left[Client] = new Stand(3, "SUSPENDED", "u");
    }

    public List<AskedChange> Changes { get; } = [];

    public List<Look> Looks { get; } = [];

    public List<LoggedEvent> Events { get; } = [];

    public Dictionary<string, Stand> Left { get; } = [];

    public bool IsWell => Problems.Count == 0;

    private IReadOnlyList<string> Problems => HistoryChecker.ProblemsOf(new History(0, Changes, Looks, Events, Left));

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    public void Change(string mark, double begin, double end, Effect effect, string? state)
    {
        Changes.Add(new AskedChange(mark, Client, At(begin), At(end), Told.Done));
        Log(effect, mark, state);
    }

    public void Log(Effect effect, string mark, string? state) =>
        Events.Add(new LoggedEvent(Events.Count + 1, effect, Client, mark, state));

    public void See(Func<Stand, bool> fits, double begin, double end) =>
        Looks.Add(new Look(Client, At(begin), At(end), TimeSpan.Zero, fits, "something"));

    public void AssertWell() => Assert.Empty(Problems);

    public void AssertProblem(string text) => Assert.Contains(Problems, problem => problem.Contains(text, StringComparison.Ordinal));
}
