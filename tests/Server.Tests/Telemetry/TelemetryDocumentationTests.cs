using System.Text;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Telemetry;

/// <summary><c>docs/telemetry.md</c> is written from the table of instruments: run with <c>REWRITE_DOCS=1</c> to write it anew.</summary>
public sealed class TelemetryDocumentationTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs/telemetry.md");
    private static readonly string Introduction = Path.Combine(Repository.Root, "tests/Server.Tests/Telemetry/telemetry.md");

    [Fact]
    public void Is_what_the_table_says()
    {
        if (Environment.GetEnvironmentVariable("REWRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, Text());
        }

        Assert.Equal(Text(), File.ReadAllText(Page));
    }

    private static string Text() => File.ReadAllText(Introduction)
        .Replace("{{instruments}}", Instruments(), StringComparison.Ordinal)
        .Replace("{{attributes}}", AttributesOfAll(), StringComparison.Ordinal)
        .Replace("{{variables}}", Variables(), StringComparison.Ordinal);

    private static string Instruments()
    {
        var rows = new StringBuilder("| Instrument | Prometheus | Kind | Unit | Attributes | |\n|---|---|---|---|---|---|\n");
        foreach (var row in InstrumentTable.All)
        {
            var attributes = string.Join(", ", row.Attributes.Select(attribute => $"`{attribute.Name}`"));
            rows.Append($"| `{row.Name}` | `{row.PrometheusName}` | {row.Kind.ToString().ToLowerInvariant()} | `{row.Unit}` ")
                .Append($"| {attributes} | {row.Description} |\n");
        }

        return rows.ToString().TrimEnd('\n');
    }

    private static string AttributesOfAll()
    {
        var rows = new StringBuilder("| Attribute | of | Values |\n|---|---|---|\n");
        foreach (var (attribute, instruments) in InstrumentTable.All
            .SelectMany(row => row.Attributes.Select(attribute => (attribute, row)))
            .GroupBy(pair => pair.attribute, (attribute, pairs) => (attribute, pairs.Select(pair => $"`{pair.row.Name}`"))))
        {
            var values = attribute.SetElsewhere ?? string.Join(' ', attribute.Values.Select(value => $"`{value}`"));
            rows.Append($"| `{attribute.Name}` | {string.Join(", ", instruments)} | {values} |\n");
        }

        return rows.ToString().TrimEnd('\n');
    }

    private static string Variables()
    {
        var rows = new StringBuilder("| Variable | Allowed |\n|---|---|\n");
        foreach (var (name, value) in OtelVariables.All)
        {
            rows.Append($"| `{name}` | {AllowedOf(value)} |\n");
        }

        return rows.ToString().TrimEnd('\n');
    }

    private static string AllowedOf(OtelValue value) => value switch
    {
        OtelValue.Text => "any text",
        OtelValue.Secret => "any text; secret",
        _ => OtelVariables.AllowedIfWrong(value, "?")!,
    };
}
