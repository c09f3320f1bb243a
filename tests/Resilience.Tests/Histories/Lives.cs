namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>How a client stood after an event.</summary>
/// <param name="Event">Index of the event in the log.</param>
/// <param name="Stand">How it stood then.</param>
internal readonly record struct Moment(int Event, Stand Stand);

/// <summary>What the audit log says of each client, from its registration on.</summary>
internal sealed record Lives(IReadOnlyDictionary<string, List<Moment>> ByClient)
{
    /// <param name="events">The audit log.</param>
    /// <param name="problems">Events that no client can live through.</param>
    public static Lives Of(IReadOnlyList<LoggedEvent> events, out IReadOnlyList<string> problems)
    {
        var lives = new Dictionary<string, List<Moment>>(StringComparer.Ordinal);
        var found = new List<string>();
        for (var i = 0; i < events.Count; i++)
        {
            var logged = events[i];
            if (logged.Effect == Effect.None)
            {
                continue;
            }

            var life = lives.GetValueOrDefault(logged.ClientId);
            if (ProblemOf(logged, life) is { } problem)
            {
                found.Add($"Event {logged.Sequence} ({logged.Effect} {logged.Mark}) {problem} {logged.ClientId}.");
                continue;
            }

            lives[logged.ClientId] = life ??= [];
            life.Add(new Moment(i, After(logged, life.Count == 0 ? Stand.Gone : life[^1].Stand)));
        }

        problems = found;
        return new Lives(lives);
    }

    private static string? ProblemOf(LoggedEvent logged, List<Moment>? life) => (logged.Effect, life) switch
    {
        (Effect.Registers, null) => null,
        (Effect.Registers, _) => "registers once more",
        (_, null) => "changes the unregistered",
        _ => life[^1].Stand.IsGone ? "changes the deleted" : null,
    };

    private static Stand After(LoggedEvent logged, Stand before) => logged.Effect == Effect.Deletes
        ? Stand.Gone
        : new Stand(
            before.Version + 1,
            logged.State ?? before.State,
            logged.Effect is Effect.Registers or Effect.Updates ? logged.Mark : before.Content,
            logged.Revision ?? before.Revision);
}
