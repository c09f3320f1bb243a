using System.Globalization;

namespace GrpcDcr.Cli.Commands;

/// <summary>Times and durations of the command line.</summary>
internal static class Moments
{
    /// <summary>A time as the API has it. Null if the text is none.</summary>
    public static string? Parse(string text)
    {
        if (Duration(text) is { } ago)
        {
            return Written(TimeProvider.System.GetUtcNow() - ago);
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Written(time) : null;
    }

    /// <summary><c>30s</c>, <c>30m</c>, <c>12h</c> or <c>7d</c>. Null if the text is no duration.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (text.Length is < 2 or > 9 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var seconds = (long)count * unit;
        return unit == 0 || seconds > TimeSpan.FromDays(36500).TotalSeconds ? null : TimeSpan.FromSeconds(seconds);
    }

    private static string Written(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
