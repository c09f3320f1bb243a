namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Finds the setting that a name of the environment was probably meant to be.</summary>
internal static class NearMisses
{
    private const string Separator = "__";

    /// <summary>The maximum number of wrong characters in a misspelt name.</summary>
    private const int Typo = 2;

    /// <summary>The section in a name with one underscore instead of two, or with a misspelt section.</summary>
    public static string? SectionMeantBy(string name)
    {
        var root = name.Split(Separator)[0];
        return SettingsSchema.RootSections.FirstOrDefault(section =>
            name.StartsWith(section + "_", StringComparison.OrdinalIgnoreCase)
            || (root.Length is > 0 and var length && length < name.Length && IsLike(root, section)));
    }

    /// <summary>
    /// The setting in a misspelt name without section, in a name whose section is wrong (<c>Statements:Issuers:bank:Issuer</c>), or in one
    /// that lacks the sections above it (<c>Postgres:Schema</c>).
    /// </summary>
    /// <param name="names">The key.</param>
    public static string? SettingMeantBy(string[] names) => names.Length == 1
        ? SettingsSchema.Root.Children.Where(child => !child.Value.HasChildren).Select(child => child.Key)
            .FirstOrDefault(key => IsLike(names[0], key))
        : BelowRoot(names[1..]) ?? Deeper(SettingsSchema.Root, "", names);

    private static string? BelowRoot(string[] names) => SettingsSchema.Root.Children
        .Where(section => section.Value.Has(names))
        .Select(section => string.Join(':', [section.Key, .. names]))
        .FirstOrDefault();

    private static string? Deeper(SettingsNode node, string path, string[] names)
    {
        foreach (var (name, child) in node.Children)
        {
            var here = path.Length == 0 ? name : $"{path}:{name}";
            if (path.Length > 0 && name.Equals(names[0], StringComparison.OrdinalIgnoreCase) && child.Has(names.AsSpan(1)))
            {
                return string.Join(':', [here, .. names[1..]]);
            }

            if (Deeper(child, here, names) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool IsLike(string name, string meant)
    {
        var (plain, other) = (Plain(name), Plain(meant));
        return Math.Abs(plain.Length - other.Length) <= Typo && Distance(plain, other) <= Typo;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The Levenshtein distance: how many characters must be added, removed or replaced.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
