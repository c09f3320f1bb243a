using System.Globalization;
using System.Text;

namespace GrpcDcr.Bench.Load.Drawing;

/// <summary>One line, by points from left to right.</summary>
internal sealed record Line(string Name, IReadOnlyList<(int X, double Y)> Points);

/// <summary>Lines over whole numbers as SVG, from zero up.</summary>
internal static class LineChart
{
    private const int Width = 720;
    private const int Height = 320;
    private const int Left = 60;
    private const int Right = 190;
    private const int Top = 40;
    private const int Bottom = 40;
    private const int Ticks = 4;

    public static string Draw(string title, params IReadOnlyList<Line> lines)
    {
        var mostX = lines.Max(line => line.Points.Max(point => point.X));
        var mostY = lines.Max(line => line.Points.Max(point => point.Y)) * 1.05;
        var svg = new StringBuilder(Svg.Begin(Width, Height, title));
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var (x, y) = (mostX * (double)tick / Ticks, mostY * tick / Ticks);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<line class="grid" x1="{Left}" x2="{Width - Right}" y1="{AtY(y):F1}" y2="{AtY(y):F1}"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 8}" y="{AtY(y) + 5:F1}" text-anchor="end">{y:N0}</text>""");
            svg.AppendLine(
                CultureInfo.InvariantCulture, $"""<text x="{AtX(x):F1}" y="{Height - Bottom + 22}" text-anchor="middle">{x:N0}</text>""");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            var points = string.Join(
                ' ', lines[i].Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{AtX(point.X):F1},{AtY(point.Y):F1}")));
            var last = lines[i].Points[^1];
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline class="{Svg.ClassOf(i)}" points="{points}"/>""");
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{AtX(last.X) + 8:F1}" y="{AtY(last.Y) + 5:F1}">{Svg.Text(lines[i].Name)}</text>""");
        }

        return svg.AppendLine(Svg.End).ToString();

        double AtX(double x) => Left + (x / mostX * (Width - Left - Right));

        double AtY(double y) => Height - Bottom - (y / mostY * (Height - Top - Bottom));
    }
}
