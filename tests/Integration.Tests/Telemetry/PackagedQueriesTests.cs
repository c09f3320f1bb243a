using System.Diagnostics;
using System.Text.RegularExpressions;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>The alert rules and the dashboard ask for what the service shows, and Prometheus understands them.</summary>
public sealed partial class PackagedQueriesTests(MeasuredServer server) : IClassFixture<MeasuredServer>
{
    /// <summary>Labels that Prometheus adds.</summary>
    private static readonly string[] OfPrometheus = ["job", "instance"];

    [Fact]
    public async Task Prometheus_accepts_the_rules_and_they_fire_when_they_should()
    {
        await PromtoolAsync("check", "rules", PackagedQueries.Rules);
        await PromtoolAsync("test", "rules", PackagedQueries.RuleTests);
    }

    [Fact]
    public async Task Prometheus_accepts_the_queries_of_the_dashboard()
    {
        var file = Path.GetTempFileName();
        var rules = PackagedQueries.OfDashboard.Select((query, i) => $"      - {{ record: 'panel:{i}', expr: '{query}' }}\n");
        await File.WriteAllTextAsync(file, $"groups:\n  - name: dashboard\n    rules:\n{string.Concat(rules)}");

        await PromtoolAsync("check", "rules", file);

        File.Delete(file);
    }

    [Fact]
    public async Task Every_metric_that_is_asked_for_is_in_the_table_or_one_of_the_framework()
    {
        await server.LookUpAsync();
        var scrape = await Scrape.WithAsync(server.Process, scrape => scrape.Text.Contains("http_server_", StringComparison.Ordinal));
        var known = InstrumentTable.All.SelectMany(NamesOf).Concat(scrape.Samples.Select(sample => sample.Name))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(PackagedQueries.Metrics.Count() > 20);
        Assert.Equal([], PackagedQueries.Metrics.Where(name => !known.Contains(name)));
    }

    /// <summary>A panel that adds up by a label that no sample has shows one line, or nothing.</summary>
    [Fact]
    public async Task Every_label_that_is_asked_for_is_one_of_the_metrics_of_the_query()
    {
        foreach (var act in MetricsTests.Acts.Values.Distinct())
        {
            await act(server);
        }

        var scrape = await Scrape.WithAsync(
            server.Process, scrape => MetricsTests.Acts.Keys.All(row => scrape.Of(row).Any()) && Names(scrape).Contains("http_route"));
        var shown = scrape.Samples.ToLookup(sample => sample.Name, sample => sample.Labels.Keys);

        Assert.True(PackagedQueries.Labelled.Count() > 40);
        foreach (var (query, labels) in PackagedQueries.Labelled)
        {
            var metrics = PackagedQueries.MetricsIn(query).ToList();
            var known = metrics.SelectMany(name => shown[name].SelectMany(keys => keys).Concat(InTable(name))).Concat(OfPrometheus);
            Assert.Equal([], labels.Except(known).Select(label => $"{label} of {query}"));
            Assert.Equal([], metrics.Where(name => !shown.Contains(name) && !NamesOf(InstrumentTable.FeedLag).Contains(name)));
        }
    }

    [Fact]
    public void Every_value_that_is_asked_for_is_one_of_the_attribute()
    {
        foreach (var (label, value) in PackagedQueries.Matchers)
        {
            var attributes = InstrumentTable.All.SelectMany(row => row.Attributes).Where(attribute => attribute.PrometheusName == label)
                .ToList();
            Assert.True(attributes.Count == 0 || attributes.Exists(
                attribute => attribute.SetElsewhere is not null || attribute.Values.Contains(value)), $"{label}={value}");
        }
    }

    [Fact]
    public void Every_row_of_the_table_is_on_the_dashboard() => Assert.Equal(
        [],
        InstrumentTable.All.Where(row => !PackagedQueries.OfDashboard.Any(
            query => NamesOf(row).Any(name => query.Contains(name, StringComparison.Ordinal)))).Select(row => row.Name));

    [Fact]
    public void Every_rule_has_a_test_and_leads_to_a_section_of_the_runbook()
    {
        var sections = File.ReadLines(Path.Combine(Repository.Root, "docs/operating.md"))
            .Where(line => line.StartsWith('#'))
            .Select(line => "docs/operating.md#" + line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-'));
        var rules = Rule().Matches(PackagedQueries.RulesText);
        var tests = File.ReadAllText(PackagedQueries.RuleTests);

        Assert.Equal(PackagedQueries.RulesText.Split("- alert:").Length - 1, rules.Count);
        foreach (var rule in rules.Select(match => match.Groups))
        {
            Assert.Contains(rule["runbook"].Value, sections);
            Assert.Contains($"alertname: {rule["name"].Value}\n        exp_alerts:", tests, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Names(Scrape scrape) => scrape.Samples.SelectMany(sample => sample.Labels.Keys);

    /// <summary>Labels that only a failure shows, such as <c>error_type</c>.</summary>
    private static IEnumerable<string> InTable(string name) => InstrumentTable.All.Where(row => NamesOf(row).Contains(name))
        .SelectMany(row => row.Attributes).Select(attribute => attribute.PrometheusName);

    private static IEnumerable<string> NamesOf(Instrument row) => row.Kind == InstrumentKind.Histogram
        ? [$"{row.PrometheusName}_bucket", $"{row.PrometheusName}_count", $"{row.PrometheusName}_sum"]
        : [row.PrometheusName];

    private static async Task PromtoolAsync(params string[] arguments)
    {
        var promtool = Required.Program("promtool", "prometheus", "The alert rules are");
        using var process = Process.Start(new ProcessStartInfo(promtool, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(PackagedQueries.Rules),
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)\n(?s:.*?)runbook: (?<runbook>\S+)")]
    private static partial Regex Rule();
}
