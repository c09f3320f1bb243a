using System.Globalization;
using System.Text;

namespace GrpcDcr.Bench.Load.Drawing;

/// <summary>One bar.</summary>
internal sealed record Bar(string Name, double Value);

/// <summary>Horizontal bars as SVG.</summary>
internal static class BarChart
{
    private const int Width = 720;
    private const int Names = 240;
    private const int Values = 90;
    private const int BarHeight = 22;
    private const int Step = 32;
    private const int Top = 40;

    public static string Draw(string title, IReadOnlyList<Bar> bars)
    {
        var most = bars.Max(bar => bar.Value);
        var svg = new StringBuilder(Svg.Begin(Width, Top + (bars.Count * Step), title));
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, y) = (bars[i], Top + (i * Step));
            var length = most == 0 ? 0 : bar.Value / most * (Width - Names - Values);
            var middle = y + (BarHeight / 2) + 5;
            svg.AppendLine(
                CultureInfo.InvariantCulture, $"""<text x="{Names - 10}" y="{middle}" text-anchor="end">{Svg.Text(bar.Name)}</text>""");
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<rect class="{Svg.ClassOf(i)}" x="{Names}" y="{y}" width="{length:F1}" height="{BarHeight}"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Names + length + 8:F1}" y="{middle}">{bar.Value:N0}</text>""");
        }

        return svg.AppendLine(Svg.End).ToString();
    }
}
