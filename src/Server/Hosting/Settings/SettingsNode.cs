namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>A node in the tree of settings.</summary>
internal sealed class SettingsNode
{
    private readonly Dictionary<string, SettingsNode> _children = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, SettingsNode> Children => _children;

    /// <summary>Whether there are settings below this node.</summary>
    public bool HasChildren => _children.Count > 0;

    private bool IsValue { get; init; }

    private bool IsList { get; init; }

    /// <param name="groups">Settings of the service.</param>
    /// <param name="others">The paths of other settings.</param>
    public static SettingsNode Of(IEnumerable<SettingsGroup> groups, IEnumerable<string> others)
    {
        var root = new SettingsNode();
        foreach (var group in groups)
        {
            var section = root.At(group.Path);
            foreach (var setting in group.Settings)
            {
                section._children[setting.Name] = new SettingsNode { IsValue = true, IsList = setting.Separator is not null };
                if (setting.FileName is { } file)
                {
                    section._children[file] = new SettingsNode { IsValue = true };
                }
            }
        }

        foreach (var path in others)
        {
            var end = path.LastIndexOf(':');
            root.At(end < 0 ? "" : path[..end])._children[path[(end + 1)..]] = new SettingsNode { IsValue = true };
        }

        return root;
    }

    /// <summary>Whether there is a setting, or a section of settings of this service, at the path below this node.</summary>
    public bool Has(ReadOnlySpan<string> names) =>
        names.IsEmpty || (ChildOf(names[0]) is { } child && child.Has(names[1..])) || (IsList && names is [var index] && IsIndex(index));

    /// <summary>
    /// Why the key of a value is not a setting; <see langword="null"/> if it is one. The message does not repeat the value, which may be a
    /// secret.
    /// </summary>
    public string? ProblemOf(SourcedValue value)
    {
        var (node, path) = (this, "");
        foreach (var name in value.Key.Split(':'))
        {
            if (node.IsList && IsIndex(name))
            {
                return null;
            }

            var here = path.Length == 0 ? name : $"{path}:{name}";
            if (node.ChildOf(name) is not { } child)
            {
                return node.IsValue
                    ? $"{here} ({value.Source}) is not a setting. Allowed: one value for {path}{(node.IsList ? ", or a list" : "")}."
                    : $"{here} ({value.Source}) is not a setting. Allowed{(path.Length == 0 ? "" : $" in {path}")}: {node.Names}.";
            }

            (node, path) = (child, here);
        }

        return node.IsValue || string.IsNullOrEmpty(value.Value)
            ? null
            : $"{value.Key} ({value.Source}) is not a setting. Allowed in {value.Key}: {node.Names}.";
    }

    private string Names => string.Join(
        ", ", _children.Keys.Select(name => name == SettingsSchema.AnyName ? "a name of your choice"
            : name.StartsWith(OtelVariables.Prefix, StringComparison.Ordinal) ? "the standard variables OTEL_*"
            : name).Distinct());

    private SettingsNode? ChildOf(string name) => _children.GetValueOrDefault(name) ?? _children.GetValueOrDefault(SettingsSchema.AnyName);

    private static bool IsIndex(string name) => name.Length > 0 && name.All(char.IsAsciiDigit);

    private SettingsNode At(string path)
    {
        var node = this;
        foreach (var name in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!node._children.TryGetValue(name, out var child))
            {
                child = new SettingsNode();
                node._children[name] = child;
            }

            node = child;
        }

        return node;
    }
}
