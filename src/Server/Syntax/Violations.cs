namespace GrpcDcr.Server.Syntax;

/// <summary>
/// Collects violations in the order in which they are found. Up to a first length several violations of a member are kept, up to a second
/// length one of each further member, and beyond it none. gRPC callers get the violations in the headers of the response, and many accept
/// only 8 KiB there.
/// </summary>
internal sealed class Violations
{
    /// <summary>Characters of descriptions after which only violations of further members are added.</summary>
    private const int Plenty = 1_500;

    /// <summary>Characters of descriptions and names after which nothing is added.</summary>
    private const int Most = 3_500;

    private List<Violation>? _found;
    private int _length;

    public IReadOnlyList<Violation> Found => _found ?? (IReadOnlyList<Violation>)[];

    /// <summary>Combines several lists with the same limits.</summary>
    public static IReadOnlyList<Violation> Together(params ReadOnlySpan<IReadOnlyList<Violation>> findings)
    {
        var all = new Violations();
        foreach (var found in findings)
        {
            foreach (var violation in found)
            {
                all.Add(violation);
            }
        }

        return all.Found;
    }

    public void Add(string member, string description) => Add(new Violation(member, description));

    /// <summary>Adds a violation of a list entry.</summary>
    public void Add(string member, int index, string description) => Add(new Violation(member, description, $"[{index}]"));

    public void Add(Violation violation)
    {
        _found ??= [];
        var added = violation.Path.Length + violation.Description.Length;
        if (_found.Count == 0 || _length + added <= Plenty || (_length + added <= Most && !Has(violation.Member)))
        {
            _found.Add(violation);
            _length += added;
        }
    }

    private bool Has(string member) => Found.Any(violation => Untagged(violation.Member).SequenceEqual(Untagged(member)));

    /// <summary>A language-tagged member counts as its member.</summary>
    private static ReadOnlySpan<char> Untagged(string member) =>
        member.IndexOf('#', StringComparison.Ordinal) is var tag and >= 0 ? member.AsSpan(0, tag) : member;
}
