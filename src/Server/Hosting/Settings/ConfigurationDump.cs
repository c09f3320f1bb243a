using System.Text.Encodings.Web;
using System.Text.Json;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// Prints every setting with its value and source, as JSON with comments, the format of a settings file. Secrets are masked.
/// </summary>
internal static class ConfigurationDump
{
    private const string Masked = "***";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Lines(SettingSources sources)
    {
        yield return "{";
        var settings = SettingsSchema.Groups.SelectMany(group => ValuesOf(sources, group)).Concat(OfFramework(sources));
        foreach (var (key, value, source) in settings)
        {
            yield return $"  // {source}";
            yield return $"  {JsonSerializer.Serialize(key, Json)}: {JsonSerializer.Serialize(value, Json)},";
        }

        yield return "}";
    }

    private static IEnumerable<(string Key, string Value, string Source)> ValuesOf(SettingSources sources, SettingsGroup group)
    {
        var options = Activator.CreateInstance(group.Options)!;
        foreach (var section in SectionsOf(sources, group.Path))
        {
            foreach (var setting in group.Settings)
            {
                var key = section.Length == 0 ? setting.Name : $"{section}:{setting.Name}";
                var found = sources.FindList(key);
                var text = found.Count == 0
                    ? SettingValue.Format(setting.Property.GetValue(options))
                    : string.Join(setting.Separator, found.Select(element => element.Value));
                if (found.Count > 0 || !IsOverride(section))
                {
                    var shown = setting.IsSecret && text.Length > 0 ? Masked : text;
                    yield return (key, shown, found is [var first, ..] ? first.Source : "default");
                }

                if (setting.FileName is { } file && sources.Find(key[..^setting.Name.Length] + file) is { } path)
                {
                    yield return (path.Key, path.Value!, path.Source);
                }
            }
        }
    }

    /// <summary>Settings of the framework, such as log categories.</summary>
    private static IEnumerable<(string Key, string Value, string Source)> OfFramework(SettingSources sources) => sources.All
        .Where(value => value.Value is not null && FrameworkSettings.Has(value.Key))
        .GroupBy(value => value.Key, StringComparer.OrdinalIgnoreCase)
        .Select(values => (
            values.Key,
            FrameworkSettings.IsSecret(values.Key) && values.Last().Value!.Length > 0 ? Masked : values.Last().Value!,
            values.Last().Source));

    /// <summary>Profiles and certificates have no defaults of their own.</summary>
    private static bool IsOverride(string section) =>
        ProfileSettings.Sections.Contains(section) || section.EndsWith(":Certificate", StringComparison.Ordinal);

    private static IEnumerable<string> SectionsOf(
        SettingSources sources, string path) => path.EndsWith(SettingsSchema.AnyName, StringComparison.Ordinal)
        ? sources.NamesIn(path[..^2]).Select(name => path[..^1] + name)
        : [path];
}
