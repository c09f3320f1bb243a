using System.Collections.Frozen;

namespace GrpcDcr.Server.Registration.Policy;

/// <summary>The values that a policy allows for one member.</summary>
internal sealed class AllowedValues
{
    private const int LongestText = 300;

    private readonly FrozenSet<string> values;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly StringComparer comparer;
    private readonly string text;

    public AllowedValues(IEnumerable<string> values, StringComparer comparer)
    {
        this.comparer = comparer;
        InOrder = [.. values.Distinct(comparer)];
        this.values = InOrder.ToFrozenSet(comparer);
        lookup = this.values.GetAlternateLookup<ReadOnlySpan<char>>();
        text = Text(InOrder);
    }

    /// <summary>Each value once, in the order configured.</summary>
    public IReadOnlyList<string> InOrder { get; }

    public bool Contains(string value) => values.Contains(value);

    public bool Contains(ReadOnlySpan<char> value) => lookup.Contains(value);

    /// <summary>Those of the values that <paramref name="ceiling"/> has too.</summary>
    public AllowedValues Within(IReadOnlyList<string> ceiling) => new(InOrder.Intersect(ceiling, comparer), comparer);

    /// <summary>The values for a reader, cut short where they are many.</summary>
    public override string ToString() => text;

    private static string Text(IReadOnlyList<string> values)
    {
        var all = values.Count == 0 ? "none" : string.Join(", ", values);
        return all.Length <= LongestText ? all : string.Concat(all.AsSpan(0, LongestText), "...");
    }
}
