using System.Globalization;
using System.Text;
using GrpcDcr.Bench.Load.Drawing;
using GrpcDcr.Bench.Load.Growing;
using GrpcDcr.Bench.Load.Measuring;
using GrpcDcr.Bench.Load.Opinions;

namespace GrpcDcr.Bench.Load;

/// <summary>The figures as Markdown, and as drawings.</summary>
internal sealed class Report
{
    /// <summary>From this share of a core on, it counts as used up.</summary>
    private const double Busy = 0.9;

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _drawings = new(StringComparer.Ordinal);
    private string _section = "figures";
    private string _suffix = "";

    public override string ToString() => _text.ToString();

    public void AddMachine(string machine, int? serverCore, string engine)
    {
        Add("");
        Add(machine);
        Add(serverCore is { } core
            ? $"What is measured runs on core {core}, the driver on another one. The service keeps its data in {engine}."
            : "Nothing is pinned: server and driver share the cores, so only ratios by CPU mean something.");
        Add("");
        if (engine != "LiteDb")
        {
            _section = $"{_section}, {engine}";
            _suffix = $"-{engine.ToLowerInvariant()}";
        }
    }

    public void Add(IReadOnlyList<Comparison> comparisons)
    {
        AddComparisons(comparisons);
        foreach (var comparison in comparisons.Where(c => c.Concurrency == 16))
        {
            Show(FileNameOf(comparison.Name), BarChart.Draw(
                $"{comparison.Name}: answers a second, {comparison.Concurrency} at once",
                [.. new[] { comparison.Floor }.Concat(comparison.Subjects).Select(s => new Bar(s.Name, s.Median.Rate))]));
        }

        Add("");
    }

    public void Add(IReadOnlyList<MemorySample> samples)
    {
        Add("| registrations | alive on the managed heap, MiB | resident, MiB |");
        Add("|--:|--:|--:|");
        foreach (var sample in samples)
        {
            Add(Invariant($"| {sample.Registrations:N0} | {sample.HeapBytes / 1048576.0:F1} | {sample.ResidentBytes / 1048576.0:F0} |"));
        }

        Add("");
        Show("memory", LineChart.Draw(
            "memory in MiB over registrations",
            new Line("resident", [.. samples.Select(s => (s.Registrations, s.ResidentBytes / 1048576.0))]),
            new Line("alive on the managed heap", [.. samples.Select(s => (s.Registrations, s.HeapBytes / 1048576.0))])));
        Add("");
    }

    public void Add(Growth growth)
    {
        _section = $"growth{_section["figures".Length..]}";
        AddComparisons(growth.Comparisons);
        Add(Invariant($"With {growth.Clients:N0} clients stored:"));
        Add("");
        Add("| measured | |");
        Add("|---|--:|");
        foreach (var (name, value) in growth.Facts)
        {
            Add($"| {name} | {value} |");
        }

        Add("");
        foreach (var growing in growth.Comparisons.Where(c => c.Name.StartsWith("registration", StringComparison.Ordinal)))
        {
            Show("growth", BarChart.Draw(
                "registrations a second, by clients stored",
                [.. new[] { growing.Floor, growing.Subject }.Select(s => new Bar(s.Name, s.Median.Rate))]));
            Add("");
        }
    }

    public void Add(IReadOnlyList<Opinion> opinions)
    {
        Add("| second opinion | this driver, a second | the other, a second | the other is |");
        Add("|---|--:|--:|---|");
        foreach (var opinion in opinions)
        {
            Add(Invariant($"| {opinion.Name} | {opinion.Mine:N0} | {opinion.Its:N0} | {opinion.Tool} |"));
        }

        Add("");
    }

    /// <summary>Puts the figures between the marks of a Markdown file.</summary>
    public void WriteInto(string path)
    {
        var (begin, end) = ($"<!-- {_section}: bench/run -->", $"<!-- end of {_section} -->");
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        File.WriteAllText(path, $"{page[..from]}{begin}\n{_text}{page[to..]}");
    }

    public void Draw(string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        foreach (var (name, drawing) in _drawings)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.svg"), drawing);
        }
    }

    private void AddComparisons(IReadOnlyList<Comparison> comparisons)
    {
        Add(
            "| measured | at once | a second | p50 ms | p99 ms | server CPU | driver CPU | a CPU-second | limited by | of the floor | of "
                + "the floor, by CPU | the service is |");
        Add("|---|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|");
        foreach (var comparison in comparisons)
        {
            Add(Row(comparison.Floor.Name, comparison, comparison.Floor));
            Add(Row($"**{comparison.Name}**", comparison, comparison.Subject));
            foreach (var peer in comparison.Subjects.Skip(1))
            {
                Add(Row(peer.Name, comparison, peer) + Invariant($" {comparison.Subject.RatioTo(peer):F1} times as fast |"));
            }
        }

        Add("");
    }

    private void Show(string name, string drawing)
    {
        _drawings[name + _suffix] = drawing;
        Add($"![{name}](figures/{name}{_suffix}.svg)");
    }

    private void Add(string line) => _text.AppendLine(line);

    private static string Row(string name, Comparison comparison, Standing standing)
    {
        var (round, floor) = (standing.Median, comparison.Floor);
        var ratios = standing == floor ? "| | |" : Invariant($"| {standing.RatioTo(floor):F2} | {standing.RatioPerCpuTo(floor):F2} |");
        return Invariant($"| {name} | {comparison.Concurrency} | {round.Rate:N0} | {round.P50.TotalMilliseconds:F2} ")
            + Invariant($"| {round.P99.TotalMilliseconds:F2} | {round.ServerCpu:P0} ")
            + Invariant($"| {round.DriverCpu:P0} | {round.RatePerCpu:N0} | {LimitOf(round)} {ratios}");
    }

    private static string LimitOf(Round round) => round switch
    {
        { ServerCpu: >= Busy } => "server",
        { DriverCpu: >= Busy } => "driver",
        _ => "waiting",
    };

    private static string FileNameOf(string name) => name.ToLowerInvariant().Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');

    private static string Invariant(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
