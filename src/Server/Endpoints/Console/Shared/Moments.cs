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
