using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Measuring;

/// <summary>A subject beside its floor.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Concurrency">Requests under way at any time.</param>
/// <param name="Floor">Median of the floor's rounds.</param>
/// <param name="Subject">Median of the subject's rounds.</param>
/// <param name="Ratio">Median over the rounds of the subject's rate by that of the floor just before.</param>
/// <param name="RatioPerCpu">The same of the rates for each second of the server's processor time.</param>
internal sealed record Comparison(string Name, int Concurrency, Round Floor, Round Subject, double Ratio, double RatioPerCpu)
{
    /// <summary>
    /// Floor and subject take turns, so that both see the same machine: what else runs there changes from minute to minute.
    /// </summary>
    public static async Task<Comparison> RunAsync(string name, int concurrency, Contender floor, Contender subject, Pace pace)
    {
        await Round.RunAsync(floor, concurrency, pace.WarmUp);
        await Round.RunAsync(subject, concurrency, pace.WarmUp);
        var floors = new List<Round>();
        var subjects = new List<Round>();
        for (var i = 0; i < pace.Rounds; i++)
        {
            floors.Add(await Round.RunAsync(floor, concurrency, pace.Length));
            subjects.Add(await Round.RunAsync(subject, concurrency, pace.Length));
        }

        var pairs = floors.Zip(subjects).ToList();
        return new Comparison(
            name,
            concurrency,
            Round.MedianOf(floors),
            Round.MedianOf(subjects),
            Median.Of(pairs.Select(p => p.Second.Rate / p.First.Rate)),
            Median.Of(pairs.Select(p => p.Second.RatePerCpu / p.First.RatePerCpu)));
    }
}

/// <summary>How long is measured.</summary>
/// <param name="Rounds">How often floor and subject take turns.</param>
/// <param name="Length">Of each turn.</param>
/// <param name="WarmUp">Of each of the two, before the first turn.</param>
internal sealed record Pace(int Rounds, TimeSpan Length, TimeSpan WarmUp);
