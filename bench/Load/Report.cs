using System.Globalization;
using System.Text;
using GrpcDcr.Bench.Load.Measuring;

namespace GrpcDcr.Bench.Load;

/// <summary>The figures as Markdown.</summary>
internal sealed class Report
{
    private const string Begin = "<!-- figures: bench/run -->";
    private const string End = "<!-- end of figures -->";

    /// <summary>From this share of a core on, it counts as used up.</summary>
    private const double Busy = 0.9;

    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    public void Add(string line) => text.AppendLine(line);

    public void Add(IReadOnlyList<Comparison> comparisons)
    {
        Add("| measured | at once | a second | p50 ms | p99 ms | server CPU | driver CPU | a CPU-second | limited by | of the floor | of the floor, by CPU |");
        Add("|---|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|");
        foreach (var comparison in comparisons)
        {
            Add(Row("floor", comparison.Concurrency, comparison.Floor, "| |"));
            Add(Row(
                $"**{comparison.Name}**", comparison.Concurrency, comparison.Subject, Invariant($"| {comparison.Ratio:F2} | {comparison.RatioPerCpu:F2} |")));
        }
    }

    public void Add(IReadOnlyList<MemorySample> samples)
    {
        Add("| registrations | alive on the managed heap, MiB | resident, MiB |");
        Add("|--:|--:|--:|");
        foreach (var sample in samples)
        {
            Add(Invariant($"| {sample.Registrations:N0} | {sample.HeapBytes / 1048576.0:F1} | {sample.ResidentBytes / 1048576.0:F0} |"));
        }
    }

    /// <summary>Puts the figures between the marks of a Markdown file.</summary>
    public void WriteInto(string path)
    {
        var page = File.ReadAllText(path);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        File.WriteAllText(path, $"{page[..begin]}{Begin}\n{text}{page[end..]}");
    }

    private static string Row(string name, int concurrency, Round round, string rest) => Invariant(
        $"| {name} | {concurrency} | {round.Rate:N0} | {round.P50.TotalMilliseconds:F2} | {round.P99.TotalMilliseconds:F2} | {round.ServerCpu:P0} | {round.DriverCpu:P0} | {round.RatePerCpu:N0} | {LimitOf(round)} {rest}");

    private static string LimitOf(Round round) => round switch
    {
        { ServerCpu: >= Busy } => "server",
        { DriverCpu: >= Busy } => "driver",
        _ => "waiting",
    };

    private static string Invariant(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
