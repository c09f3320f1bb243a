namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>A value of the configuration.</summary>
/// <param name="Key">Its name, with colons.</param>
/// <param name="Value"><see langword="null"/> if the source has the key without a value, such as <c>null</c> in JSON.</param>
/// <param name="Source">The source, for messages.</param>
internal sealed record SourcedValue(string Key, string? Value, string Source);

/// <summary>
/// The configuration by source, so that a problem names its source and a list is replaced as a whole: the configuration of .NET would mix
/// the elements of two sources.
/// </summary>
internal sealed class SettingSources
{
    private readonly IReadOnlyList<IReadOnlyDictionary<string, SourcedValue>> _layers;

    private SettingSources(IReadOnlyList<IReadOnlyDictionary<string, SourcedValue>> layers) => _layers = layers;

    /// <summary>Every value of every source, including those that a later source replaces.</summary>
    public IEnumerable<SourcedValue> All => _layers.SelectMany(layer => layer.Values);

    /// <param name="configuration">The sources, the last of which wins.</param>
    /// <param name="sourceOf">Returns the description of a source for its index and a key.</param>
    public static SettingSources Of(IConfigurationRoot configuration, Func<int, string, string> sourceOf) =>
        new([.. configuration.Providers.Select((provider, i) => LayerOf(provider, key => sourceOf(i, key)))]);

    /// <summary>The value of the last source that has one.</summary>
    public SourcedValue? Find(string key)
    {
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            if (_layers[i].GetValueOrDefault(key) is { Value: not null } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The elements of a list in the last source that has it: as one value, or as one value for each element.</summary>
    public IReadOnlyList<SourcedValue> FindList(string key)
    {
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            if (_layers[i].GetValueOrDefault(key) is { Value: not null } whole)
            {
                return [whole];
            }

            if (ElementsOf(_layers[i], key) is { Count: > 0 } elements)
            {
                return elements;
            }
        }

        return [];
    }

    /// <summary>The names directly below a section.</summary>
    public IEnumerable<string> NamesIn(string section) => All
        .Where(value => value.Key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
        .Select(value => value.Key[(section.Length + 1)..].Split(':')[0])
        .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a source has the key, or a key below the section.</summary>
    public bool Has(string path) => All.Any(value => value.Value is not null
        && (value.Key.Equals(path, StringComparison.OrdinalIgnoreCase)
            || value.Key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase)));

    private static List<SourcedValue> ElementsOf(IReadOnlyDictionary<string, SourcedValue> layer, string key) =>
    [
        .. layer.Values
            .Where(value => value.Value is not null
                && value.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)
                && IsIndex(value.Key[(key.Length + 1)..]))
            .OrderBy(value => value.Key, ConfigurationKeyComparer.Instance),
    ];

    private static bool IsIndex(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static Dictionary<string, SourcedValue> LayerOf(IConfigurationProvider provider, Func<string, string> sourceOf)
    {
        var values = new Dictionary<string, SourcedValue>(StringComparer.OrdinalIgnoreCase);
        Collect(path: null);
        return values;

        void Collect(string? path)
        {
            foreach (var name in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var key = path is null ? name : $"{path}:{name}";
                if (provider.TryGet(key, out var value))
                {
                    values[key] = new SourcedValue(key, value, sourceOf(key));
                }

                Collect(key);
            }
        }
    }
}
