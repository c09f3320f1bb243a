using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// Reads sections of the configuration into options. Unlike the binder of .NET it finds every problem, and names key, value, source and
/// what is allowed.
/// </summary>
/// <param name="sources">The configuration.</param>
/// <param name="problems">Gets the problems.</param>
internal sealed class SettingsReader(SettingSources sources, List<string> problems)
{
    private readonly HashSet<string> _unreadable = new(StringComparer.OrdinalIgnoreCase);

    public SettingSources Sources => sources;

    public T Read<T>(string section)
        where T : notnull, new()
    {
        var options = new T();
        ReadOver(options, section);
        return options;
    }

    /// <summary>Reads a section into options that already have values; settings that the section does not have are not changed.</summary>
    public void ReadOver<T>(T options, string section)
        where T : notnull
    {
        foreach (var setting in SettingsSchema.SettingsOf(typeof(T)))
        {
            var key = KeyOf(section, setting.Name);
            if (Find(setting, key, section) is { } found)
            {
                Set(options, setting, key, found);
            }
        }
    }

    /// <summary>Adds a problem of a value. It names the key that was set, which for a secret may be that of its file.</summary>
    public void Add(SettingProblem problem)
    {
        var key = KeySet(problem.Key);
        if (!_unreadable.Contains(key))
        {
            AddText((problem with { Key = key }).Text(SourceOf(key)));
        }
    }

    public void Add(string key, string? value, string allowed) => Add(new SettingProblem(key, value, allowed));

    /// <summary>Adds a contradiction between settings, or a missing setting.</summary>
    public void AddText(string sentence)
    {
        // A profile and the server may have the same wrong value.
        if (!problems.Contains(sentence))
        {
            problems.Add(sentence);
        }
    }

    public void AddRange(IEnumerable<SettingProblem> found)
    {
        foreach (var problem in found)
        {
            Add(problem);
        }
    }

    /// <exception cref="SettingsException">Has every problem that was found.</exception>
    public void ThrowIfWrong()
    {
        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }
    }

    private static string KeyOf(string section, string name) => section.Length == 0 ? name : $"{section}:{name}";

    private string KeySet(string key) => sources.Find(key) is { Value.Length: > 0 } ? key
        : Array.Find([key + "File", key + "_FILE"], file => sources.Find(file) is { Value.Length: > 0 }) ?? key;

    private string SourceOf(string key) => sources.FindList(key) is [var found, ..] ? found.Source : "default";

    private SourcedValue? Find(Setting setting, string key, string section)
    {
        var found = setting.Separator is null ? sources.Find(key) : Join(sources.FindList(key), key, setting.Separator);
        return setting.FileName is { } name && sources.Find(KeyOf(section, name)) is { Value.Length: > 0 } file
            ? Content(file, found)
            : found;
    }

    private SourcedValue? Join(IReadOnlyList<SourcedValue> elements, string key, string separator)
    {
        foreach (var element in elements.Where(element => element.Key.Length > key.Length && element.Value!.Contains(
            separator.Trim() is { Length: > 0 } sign ? sign : separator, StringComparison.Ordinal)))
        {
            AddText($"{element.Key} ({element.Source}) is not acceptable. Allowed: one value in each element of a list.");
        }

        return elements is [] ? null : elements[^1] with { Value = string.Join(separator, elements.Select(element => element.Value)) };
    }

    /// <summary>Reads a secret from a file. A line break at its end is not part of it.</summary>
    private SourcedValue? Content(SourcedValue file, SourcedValue? value)
    {
        if (value is { Value.Length: > 0 })
        {
            AddText($"{file.Key} ({file.Source}) is set, and so is {value.Key} ({value.Source}). Allowed: one of the two.");
            return null;
        }

        try
        {
            if (File.ReadAllText(file.Value!).TrimEnd('\r', '\n') is { Length: > 0 } content)
            {
                return file with { Value = content };
            }

            Add(file.Key, file.Value, "the path of a file that is not empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var reason = UnreadableFile.ReasonOf(file.Value!) ?? "it cannot be read";
            Add(file.Key, file.Value, $"the path of a file that can be read; {reason}");
        }

        _unreadable.Add(file.Key);
        return null;
    }

    private void Set(object options, Setting setting, string key, SourcedValue found)
    {
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        if (found.Value!.Length == 0 && type != typeof(string))
        {
            return;
        }

        if (found.Value.Contains('\0', StringComparison.Ordinal))
        {
            Add(key, value: null, "text without the character U+0000");
            return;
        }

        if (SettingValue.Parse(type, found.Value) is { } parsed)
        {
            setting.Property.SetValue(options, parsed);
        }
        else
        {
            Add(key, found.Value, SettingValue.Allowed(type));
        }
    }
}
