using System.Globalization;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The text format of values.</summary>
internal static class SettingValue
{
    /// <returns><see langword="null"/> if the text is not such a value.</returns>
    public static object? Parse(Type type, string text) =>
        type == typeof(string) ? text
        : type == typeof(bool) ? ParseFlag(text)
        : type == typeof(int)
            ? (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null)
        : type == typeof(TimeSpan) ? (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) ? span : null)
        : type == typeof(DateTimeOffset) ? ParseTime(text)
        : type.IsEnum ? ParseName(type, text)
        : throw new NotSupportedException($"Settings of type {type} are not read.");

    public static string Allowed(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : type == typeof(TimeSpan) ? "a time such as 12:00:00, or 30.00:00:00 for 30 days"
        : type == typeof(DateTimeOffset) ? "a time such as 2027-01-31T12:00:00Z"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : throw new NotSupportedException($"Settings of type {type} are not read.");

    /// <summary>The text in the configuration; empty for an absent value.</summary>
    public static string Format(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static object? ParseFlag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    private static object? ParseName(Type type, string text) =>
        Array.Find(Enum.GetNames(type), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse(type, name)
            : null;

    /// <summary>RFC 3339; the offset is required.</summary>
    private static object? ParseTime(string text) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && (text.EndsWith('Z') || text[^6] is '+' or '-')
        ? time
        : null;
}
