using System.Globalization;
using Microsoft.Extensions.Logging.Console;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// The settings that ASP.NET Core and OpenTelemetry read themselves. They ignore unknown ones, and stop with a stack trace at a wrong value
/// or ignore that too, so they are checked before.
/// </summary>
internal static class FrameworkSettings
{
    private const string Console = "Logging:Console";
    private const string Options = $"{Console}:FormatterOptions";

    private static readonly (string Path, Type Type)[] Rows =
    [
        ("AllowedHosts", typeof(string)),
        .. new[] { "Logging", Console, "Logging:Debug", "Logging:EventSource", "Logging:EventLog" }
            .Select(section => ($"{section}:LogLevel:{SettingsSchema.AnyName}", typeof(LogLevel))),
        ($"{Console}:FormatterName", typeof(Formatter)),
        ($"{Console}:LogToStandardErrorThreshold", typeof(LogLevel)),
        ($"{Options}:ColorBehavior", typeof(LoggerColorBehavior)),
        ($"{Options}:IncludeScopes", typeof(bool)),
        ($"{Options}:SingleLine", typeof(bool)),
        ($"{Options}:TimestampFormat", typeof(DateTimeOffset)),
        ($"{Options}:UseUtcTimestamp", typeof(bool)),
    ];

    private enum Formatter
    {
        Simple,
        Json,
        Systemd,
    }

    /// <summary>The keys; a star stands for a name that the deployment chooses.</summary>
    public static IEnumerable<string> Paths => Rows.Select(row => row.Path).Concat(OtelVariables.All.Keys);

    public static bool Has(string key) => OtelVariables.All.ContainsKey(key) || Array.Exists(Rows, row => Matches(row.Path, key));

    /// <summary>Whether the value of a key is never shown.</summary>
    public static bool IsSecret(string key) => OtelVariables.All.GetValueOrDefault(key) == OtelValue.Secret;

    public static void Check(SettingsReader reader)
    {
        foreach (var key in reader.Sources.All.Select(value => value.Key).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (reader.Sources.Find(key) is { Value.Length: > 0 } found && AllowedIfWrong(key, found.Value) is { } allowed)
            {
                reader.Add(key, found.Value, allowed);
            }
        }
    }

    private static string? AllowedIfWrong(string key, string text) =>
        OtelVariables.All.TryGetValue(key, out var value) ? OtelVariables.AllowedIfWrong(value, text)
        : Array.Find(Rows, row => Matches(row.Path, key)) is { Type: { } type } ? AllowedIfWrong(type, text)
        : null;

    private static string? AllowedIfWrong(Type type, string text) =>
        type == typeof(string) ? null
        : type == typeof(bool) ? (bool.TryParse(text, out _) ? null : SettingValue.Allowed(type))
        : type == typeof(DateTimeOffset) ? (IsTimeFormat(text) ? null : "a format of .NET such as yyyy-MM-ddTHH:mm:ss.fffZ")
        : SettingValue.Parse(type, text) is null ? SettingValue.Allowed(type) : null;

    private static bool IsTimeFormat(string text)
    {
        try
        {
            return DateTimeOffset.UnixEpoch.ToString(text, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Matches(string path, string key)
    {
        var (names, parts) = (path.Split(':'), key.Split(':'));
        return names.Length == parts.Length && names.Zip(parts).All(pair =>
            pair.First == SettingsSchema.AnyName || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
