using System.Text.Json;
using System.Text.RegularExpressions;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>The queries of the alert rules and of the dashboard in <c>packaging</c>.</summary>
internal static partial class PackagedQueries
{
    public static string Rules { get; } = Path.Combine(Repository.Root, "packaging/prometheus/alerts.yml");

    public static string RuleTests { get; } = Path.Combine(Repository.Root, "packaging/prometheus/alerts.test.yml");

    public static string RulesText { get; } = File.ReadAllText(Rules);

    /// <summary>Of the panels, with Grafana's variables replaced.</summary>
    public static IReadOnlyList<string> OfDashboard { get; } = [.. Panels().Select(expression => expression
        .Replace("$__rate_interval", "5m", StringComparison.Ordinal)
        .Replace("$job", ".*", StringComparison.Ordinal)
        .Replace("$instance", ".*", StringComparison.Ordinal))];

    /// <summary>Every query; for the rules, the file they are in.</summary>
    public static IEnumerable<string> All => OfDashboard.Append(RulesText);

    /// <summary>The names that are metrics: those with a prefix of one, but not labels.</summary>
    public static IEnumerable<string> Metrics => All.SelectMany(query => Name().Matches(query).Select(match => match.Value))
        .Except(InstrumentTable.All.SelectMany(row => row.Attributes).Select(attribute => attribute.PrometheusName))
        .Except(["http_route", "http_response_status_code"])
        .Distinct();

    /// <summary>Each query of a panel, and each rule, with the labels that it or its legend names.</summary>
    public static IEnumerable<(string Query, IReadOnlyList<string> Labels)> Labelled => Targets()
        .Select(target => (target.Query, Legend().Matches(target.Legend).Select(match => match.Groups["label"].Value)))
        .Concat(RuleQuery().Matches(RulesText).Select(match => (match.Groups["query"].Value, Enumerable.Empty<string>())))
        .Select(pair => (pair.Item1, (IReadOnlyList<string>)[.. pair.Item2, .. LabelsIn(pair.Item1)]));

    /// <summary>The metrics that a query names.</summary>
    public static IEnumerable<string> MetricsIn(string query) =>
        Name().Matches(query).Select(match => match.Value).Intersect(Metrics);

    public static IEnumerable<(string Label, string Value)> Matchers => All.SelectMany(
        query => Matcher().Matches(query).Select(match => (match.Groups["label"].Value, match.Groups["value"].Value)));

    private static IEnumerable<string> LabelsIn(string query) =>
        By().Matches(query).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(Matched().Matches(query).Select(match => match.Groups["label"].Value))
            .Where(label => label.Length > 0);

    private static IEnumerable<string> Panels() => Targets().Select(target => target.Query);

    private static IEnumerable<(string Query, string Legend)> Targets()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "packaging/grafana/dashboard.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => (target.GetProperty("expr").GetString()!, target.GetProperty("legendFormat").GetString()!))];
    }

    [GeneratedRegex(@"\b(grpcdcr|rpc|http|db_client|kestrel|dotnet)_[a-z0-9_]+\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{ *(?<label>[a-z_]+) *\}\}")]
    private static partial Regex Legend();

    [GeneratedRegex(@"\b(by|without|on|ignoring) *\((?<labels>[a-z_, ]*)\)")]
    private static partial Regex By();

    [GeneratedRegex("""[{,] *(?<label>[a-z_]+) *(=|!=|=~|!~) *["']""")]
    private static partial Regex Matched();

    [GeneratedRegex(@"^ *expr: *(?<query>.*(\n {10,}.*)*)", RegexOptions.Multiline)]
    private static partial Regex RuleQuery();

    [GeneratedRegex("""(?<label>[a-z_]+)="(?<value>[^"]+)[^"]*"(?=[,}])""")]
    private static partial Regex Matcher();
}
