namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// Arrows between folders that lie side by side, at every depth. A folder's own types stand beside its subfolders, under the name of a dot:
/// so a folder may know its subfolders or they it, but not both.
/// </summary>
internal sealed class FolderArrows
{
    private readonly string _root;
    private readonly SortedDictionary<FolderArrow, string> _arrows = [];

    /// <param name="root">The namespace of the uppermost folder; what is outside does not count.</param>
    /// <param name="types">Types and what they refer to.</param>
    public FolderArrows(string root, IEnumerable<TypeReferences> types)
    {
        _root = root + '.';
        foreach (var type in types.Where(type => IsInside(type.Type)))
        {
            foreach (var reference in type.References.Where(IsInside))
            {
                Add(type.Type, reference);
            }
        }
    }

    /// <summary>The arrows, each with an example of it.</summary>
    public IReadOnlyDictionary<FolderArrow, string> All => _arrows;

    /// <summary>Arrows that are part of a circle.</summary>
    public IEnumerable<FolderArrow> InCircles => _arrows.Keys.Where(arrow => Leads(arrow.To, arrow.From));

    /// <summary>Arrows between folders right below the root that do not go to a lower floor.</summary>
    public IEnumerable<FolderArrow> Upward(IReadOnlyDictionary<string, int> floors) => _arrows.Keys
        .Where(arrow => !arrow.From.Contains('/', StringComparison.Ordinal))
        .Where(arrow => floors.GetValueOrDefault(arrow.From, int.MinValue) <= floors.GetValueOrDefault(arrow.To, int.MaxValue));

    public string Describe(FolderArrow arrow) => $"{arrow.From} -> {arrow.To}: {_arrows[arrow]}";

    private bool IsInside(string type) => type.StartsWith(_root, StringComparison.Ordinal);

    private void Add(string type, string reference)
    {
        string[] from = [.. PlaceOf(type)], to = [.. PlaceOf(reference)];
        var depth = 0;
        while (depth < from.Length && depth < to.Length && from[depth] == to[depth])
        {
            depth++;
        }

        if (depth < from.Length && depth < to.Length)
        {
            _arrows.TryAdd(
                new FolderArrow(string.Join('/', from[..(depth + 1)]), string.Join('/', to[..(depth + 1)])),
                $"{type[_root.Length..]} -> {reference[_root.Length..]}");
        }
    }

    /// <summary>The folders that a type is in, from the uppermost on, and a dot for the last one's own types.</summary>
    private IEnumerable<string> PlaceOf(string type) => type[_root.Length..].Split('.')[..^1].Append(".");

    private bool Leads(string from, string to)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Queue<string>([from]));
        while (next.TryDequeue(out var folder))
        {
            if (folder == to)
            {
                return true;
            }

            foreach (var arrow in _arrows.Keys.Where(arrow => arrow.From == folder && seen.Add(arrow.To)))
            {
                next.Enqueue(arrow.To);
            }
        }

        return false;
    }
}

/// <summary>Something in one folder refers to something in the other.</summary>
internal readonly record struct FolderArrow(string From, string To) : IComparable<FolderArrow>
{
    public int CompareTo(FolderArrow other) => string.CompareOrdinal($"{From} {To}", $"{other.From} {other.To}");
}
