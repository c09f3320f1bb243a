using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Times, in UTC.</summary>
internal static class Moments
{
    public static IHtmlContent Of(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return new HtmlString(string.Create(
            CultureInfo.InvariantCulture, $"<time datetime=\"{utc:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{utc:yyyy-MM-dd HH:mm:ss} UTC</time>"));
    }

    /// <summary>A time that may be absent, as that of an expiry.</summary>
    public static IHtmlContent OrNever(DateTimeOffset? time) => time is { } known ? Of(known) : new HtmlString("never");

    /// <summary>The hour and the minute.</summary>
    public static string ClockOf(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    private const string PickerFormat = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Whether a text is what <see cref="ForPicker"/> makes of a time.</summary>
    public static bool IsOfPicker(string? text) =>
        DateTime.TryParseExact(text, PickerFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>
    /// A time of a form as a browser takes it for an input of date and time, which has no offset; what is no time stays as it is.
    /// </summary>
    public static string? ForPicker(string? text) =>
        text?.Contains('T', StringComparison.Ordinal) == true
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString(PickerFormat, CultureInfo.InvariantCulture)
            : text;

    /// <summary>How long ago, in the largest unit.</summary>
    public static string Age(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } age => Count((int)age.TotalMinutes, "minute"),
        { TotalDays: < 1 } age => Count((int)age.TotalHours, "hour"),
        var age => Count((int)age.TotalDays, "day"),
    };

    private static string Count(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
