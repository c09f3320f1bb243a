using System.Globalization;
using System.Reflection;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// Reads one section of the configuration into an options object. Unlike the binder of .NET it finds every problem, names key and
/// value, and takes a key it does not know for the spelling mistake it is.
/// </summary>
internal static class SettingsSection
{
    /// <param name="configuration">All of it.</param>
    /// <param name="section">The section.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="apart">Sections below this one that are read elsewhere.</param>
    public static T Read<T>(IConfiguration configuration, string section, List<string> problems, params string[] apart)
        where T : notnull, new()
    {
        var options = new T();
        ReadOver(options, configuration, section, problems, apart);
        return options;
    }

    /// <summary>Reads a section over options that have values already; what it does not say stays as it is.</summary>
    public static void ReadOver<T>(T options, IConfiguration configuration, string section, List<string> problems, params string[] apart)
        where T : notnull
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var settings = configuration.GetSection(section).GetChildren();
        foreach (var setting in settings.Where(setting => !apart.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!properties.TryGetValue(setting.Key, out var property))
            {
                problems.Add($"{setting.Path} is not a setting. In {section} there are: {string.Join(", ", properties.Keys)}.");
            }
            else if (setting.GetChildren().Any())
            {
                problems.Add($"{setting.Path} has values below it; allowed is one value, for a list one string with spaces between its entries.");
            }
            else if (setting.Value is { } value)
            {
                Set(options, property, setting.Path, value, problems);
            }
        }
    }

    /// <summary>Reads one value that stands outside of a section.</summary>
    public static bool ReadFlag(IConfiguration configuration, string key, List<string> problems)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        if (TryParseFlag(value) is { } flag)
        {
            return flag;
        }

        problems.Add(Wrong(key, value, "true or false (or 1 or 0)"));
        return false;
    }

    /// <summary>Reads one value that stands outside of a section.</summary>
    public static int ReadNumber(IConfiguration configuration, string key, int fallback, List<string> problems)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value))
        {
            return fallback;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        problems.Add(Wrong(key, value, $"a whole number from 1 to {int.MaxValue}"));
        return fallback;
    }

    public static string Wrong(string key, string value, string allowed) => $"{key} is '{value}'; allowed is {allowed}.";

    private static void Set(object options, PropertyInfo property, string key, string value, List<string> problems)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isAbsent = value.Length == 0 && type != typeof(string);
        if (isAbsent)
        {
            return;
        }

        var (parsed, allowed) = Parse(type, value);
        if (parsed is null)
        {
            problems.Add(Wrong(key, value, allowed));
        }
        else
        {
            property.SetValue(options, parsed);
        }
    }

    private static (object? Value, string Allowed) Parse(Type type, string value)
    {
        if (type == typeof(string))
        {
            return (value, "");
        }

        if (type == typeof(bool))
        {
            return (TryParseFlag(value), "true or false");
        }

        if (type.IsEnum)
        {
            var name = Array.Find(Enum.GetNames(type), name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
            return (name is null ? null : Enum.Parse(type, name), string.Join(" or ", Enum.GetNames(type)));
        }

        if (type == typeof(TimeSpan))
        {
            return (
                TimeSpan.TryParseExact(value, "c", CultureInfo.InvariantCulture, out var span) ? span : null,
                "a time such as 12:00:00, or 30.00:00:00 for 30 days");
        }

        return type == typeof(int)
            ? (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number")
            : throw new NotSupportedException($"Settings of type {type} are not read.");
    }

    private static bool? TryParseFlag(string value) => value.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}
