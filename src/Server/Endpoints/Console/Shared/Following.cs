using System.Globalization;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>
/// Pages that reload themselves by the header <c>Refresh</c>. Their requests do not extend the session: nobody may be there any more.
/// </summary>
internal static class Following
{
    /// <summary>The query parameter of such a page.</summary>
    public const string Field = "follow";

    /// <summary>The query parameter with the event after which others are new.</summary>
    public const string SinceField = "since";

    /// <summary>As in <see cref="Read"/>, for a page that has just begun to follow.</summary>
    public const long FromNow = -1;

    /// <summary>Seconds from one load to the next.</summary>
    public const int Period = 5;

    /// <summary>Whether the request may have been sent by the browser on its own.</summary>
    public static bool Is(HttpRequest request) => request.Query.ContainsKey(Field);

    /// <returns>The event after which others are new; <see langword="null"/> if the page does not follow.</returns>
    public static long? Read(string? follow, string? since, Violations violations)
    {
        if (!string.IsNullOrEmpty(follow) && follow is not ("true" or "false"))
        {
            violations.Add(Field, $"{Field} must be true or false.");
        }

        var after = FromNow;
        if (!string.IsNullOrEmpty(since)
            && !(long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out after) && follow == "true"))
        {
            violations.Add(SinceField, $"{SinceField} must be the sequence of an event, on a page that follows.");
        }

        return follow == "true" ? after : null;
    }

    /// <param name="response">Of the page.</param>
    /// <param name="path">What to load next: only characters of a URI.</param>
    public static void Reload(HttpResponse response, string path) =>
        response.Headers["Refresh"] = string.Create(CultureInfo.InvariantCulture, $"{Period}; url={path}");
}
