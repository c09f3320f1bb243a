using System.Text.RegularExpressions;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>What a server shows to Prometheus.</summary>
internal sealed partial class Scrape
{
    private Scrape(string text)
    {
        Text = text;
        Samples = [.. text.Split('\n').Where(line => line is not "" and not ['#', ..]).Select(Read)];
    }

    public string Text { get; }

    public IReadOnlyList<Sample> Samples { get; }

    public static async Task<Scrape> OfAsync(ServerProcess server) => new(await server.Management.GetStringAsync("/metrics"));

    /// <summary>Scrapes until there is something: a call is measured when it has ended, and its answer may arrive before.</summary>
    public static async Task<Scrape> WithAsync(ServerProcess server, Func<Scrape, bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var scrape = await OfAsync(server);
        while (!condition(scrape))
        {
            Assert.True(!limit.IsCancellationRequested && await timer.WaitForNextTickAsync(), scrape.Text);
            scrape = await OfAsync(server);
        }

        return scrape;
    }

    public IEnumerable<Sample> Of(Instrument row) => Samples.Where(sample => row.Kind == InstrumentKind.Histogram
        ? sample.Name == row.PrometheusName + "_count"
        : sample.Name == row.PrometheusName);

    private static Sample Read(string line)
    {
        var match = Line().Match(line);
        Assert.True(match.Success, line);
        return new Sample(
            match.Groups["name"].Value,
            Label().Matches(match.Groups["labels"].Value).ToDictionary(
                label => label.Groups["name"].Value, label => label.Groups["value"].Value),
            double.Parse(match.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^(?<name>[A-Za-z0-9_:]+)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>[A-Za-z0-9_]+)="(?<value>[^"]*)",?""")]
    private static partial Regex Label();
}

/// <summary>A line of a scrape.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
