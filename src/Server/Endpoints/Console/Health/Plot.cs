using System.Globalization;

namespace GrpcDcr.Server.Endpoints.Console.Health;

/// <summary>A small plot of at most an hour, with a bar or a point for each minute.</summary>
/// <param name="Group">What it has in common with others.</param>
/// <param name="Title">What is plotted.</param>
/// <param name="Values">By minute, the oldest first; <see langword="null"/> where there is none.</param>
/// <param name="IsCount">Whether the values are counts of a minute, which are bars and have a sum, and not a line.</param>
/// <param name="Unit">The unit of a value, with a space before it; empty for counts.</param>
internal sealed record Plot(
    string Group, string Title, IReadOnlyList<double?> Values, bool IsCount = true, string Unit = "")
{
    /// <summary>Width of a minute in the picture.</summary>
    private const double Step = 5;

    public const double Height = 48;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static double Width => Step * Telemetry.RecentFigures.MaxMinutes;

    /// <summary>Its identifier in the page.</summary>
    public string Id => $"{Group}-{Title}".ToLowerInvariant().Replace(' ', '-').Replace('_', '-');

    public double Max => Values.Max() ?? 0;

    /// <summary>What the picture shows, in words.</summary>
    public string Summary =>
        !Values.Any(value => value is not null) ? "No values."
        : IsCount ? $"{TextOf(Values.Sum())} in {MinutesOf(Values.Count)}, at most {TextOf(Max)} in a minute."
        : $"{TextOf(Values.Last(value => value is not null))} last, at most {TextOf(Max)}.";

    public IEnumerable<Bar> Bars => Values
        .Select((value, i) => new Bar(Place(i), Height - HeightOf(value ?? 0), HeightOf(value ?? 0)))
        .Where(bar => bar.Height > 0);

    /// <summary>The lines between neighbours that have values, as the <c>d</c> of a path.</summary>
    public string Line
    {
        get
        {
            var (path, isDown) = (new System.Text.StringBuilder(), false);
            foreach (var (value, i) in Values.Select((value, i) => (value, i)))
            {
                if (value is { } known)
                {
                    path.Append(Invariant, $"{(isDown ? 'L' : 'M')}{Place(i):0.#} {Height - HeightOf(known):0.#}h{Step:0.#}");
                }

                isDown = value is not null;
            }

            return path.ToString();
        }
    }

    public string TextOf(double? value) => value is { } known ? known.ToString(IsCount ? "0" : "0.###", Invariant) + Unit : "";

    /// <summary>A number as an attribute of the picture.</summary>
    public static string Number(double value) => value.ToString("0.##", Invariant);

    /// <summary>The last minute is at the right edge.</summary>
    private double Place(int minute) => Width - (Step * (Values.Count - minute));

    private double HeightOf(double value) => Max > 0 ? value / Max * Height : 0;

    private static string MinutesOf(int count) => count == 1 ? "1 minute" : string.Create(Invariant, $"{count} minutes");
}

/// <summary>A bar from the bottom upwards.</summary>
internal sealed record Bar(double X, double Y, double Height);

/// <summary>Plots of one kind, which have a table in common.</summary>
/// <param name="Title">What they have in common.</param>
/// <param name="About">What is counted or measured.</param>
/// <param name="Times">When each minute began.</param>
/// <param name="Plots">The plots; empty if there is nothing to show.</param>
internal sealed record PlotGroup(string Title, string About, IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<Plot> Plots);
