using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Measuring;

/// <summary>Subjects beside their floor.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Concurrency">Requests under way at any time.</param>
/// <param name="Floor">What they are measured by.</param>
/// <param name="Subjects">The service first, then its peers.</param>
internal sealed record Comparison(string Name, int Concurrency, Standing Floor, IReadOnlyList<Standing> Subjects)
{
    /// <summary>The service.</summary>
    public Standing Subject => Subjects[0];

    /// <summary>
    /// Floor and subjects take turns, so that all of them see the same machine: what else runs there changes from minute to minute.
    /// </summary>
    public static async Task<Comparison> RunAsync(
        string name, int concurrency, Pace pace, Contender floor, Contender subject, params IReadOnlyList<Contender> peers)
    {
        Contender[] all = [floor, subject, .. peers];
        foreach (var contender in all)
        {
            await Round.RunAsync(contender, concurrency, pace.WarmUp);
        }

        var rounds = all.Select(_ => new List<Round>()).ToArray();
        for (var i = 0; i < pace.Rounds; i++)
        {
            for (var k = 0; k < all.Length; k++)
            {
                rounds[k].Add(await Round.RunAsync(all[k], concurrency, pace.Length));
            }
        }

        var standings = all.Select((contender, k) => new Standing(contender.Name, rounds[k])).ToArray();
        return new Comparison(name, concurrency, standings[0], standings[1..]);
    }
}

/// <summary>What one contender showed.</summary>
/// <param name="Name">Who.</param>
/// <param name="Rounds">In order; those of the same place in another standing saw the same machine.</param>
internal sealed record Standing(string Name, IReadOnlyList<Round> Rounds)
{
    /// <summary>The median of each figure by itself.</summary>
    public Round Median { get; } = Round.MedianOf(Rounds);

    /// <summary>Median over the rounds of this rate by that of the other one just before or after.</summary>
    public double RatioTo(Standing other) => Measuring.Median.Of(Rounds.Zip(other.Rounds, (mine, its) => mine.Rate / its.Rate));

    /// <summary>The same of the rates for each second of the server's processor time.</summary>
    public double RatioPerCpuTo(Standing other) =>
        Measuring.Median.Of(Rounds.Zip(other.Rounds, (mine, its) => mine.RatePerCpu / its.RatePerCpu));
}

/// <summary>How long is measured.</summary>
/// <param name="Rounds">How often the contenders take turns.</param>
/// <param name="Length">Of each turn.</param>
/// <param name="WarmUp">Of each of them, before the first turn.</param>
internal sealed record Pace(int Rounds, TimeSpan Length, TimeSpan WarmUp);
