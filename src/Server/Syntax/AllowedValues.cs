using System.Collections.Frozen;

namespace GrpcDcr.Server.Syntax;

/// <summary>The values that a policy allows for one member.</summary>
internal sealed class AllowedValues
{
    private const int LongestText = 300;

    private readonly FrozenSet<string> _values;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly StringComparer _comparer;
    private readonly string _text;

    public AllowedValues(IEnumerable<string> values, StringComparer comparer)
    {
        _comparer = comparer;
        InOrder = [.. values.Distinct(comparer)];
        _values = InOrder.ToFrozenSet(comparer);
        _lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        _text = Text(InOrder);
    }

    /// <summary>Each value once, in the order configured.</summary>
    public IReadOnlyList<string> InOrder { get; }

    public bool Contains(string value) => _values.Contains(value);

    public bool Contains(ReadOnlySpan<char> value) => _lookup.Contains(value);

    public bool ContainsAll(IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            if (!Contains(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values that are also in <paramref name="constraints"/>.</summary>
    public AllowedValues Within(IReadOnlyList<string> constraints) => new(InOrder.Intersect(constraints, _comparer), _comparer);

    /// <summary>The values as text for people, shortened if there are many.</summary>
    public override string ToString() => _text;

    private static string Text(IReadOnlyList<string> values)
    {
        var all = values.Count == 0 ? "none" : string.Join(", ", values);
        return all.Length <= LongestText ? all : string.Concat(all.AsSpan(0, LongestText), "...");
    }
}
