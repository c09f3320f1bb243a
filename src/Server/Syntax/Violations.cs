namespace GrpcDcr.Server.Syntax;

/// <summary>
/// Gathers violations in the order in which they are found: more than one of a member while they are short, one of each member at fault
/// for long, and none past a length that only documents reach in which all is wrong. gRPC callers get them in the headers of the answer,
/// and many of them accept no more than 8 KiB there.
/// </summary>
internal sealed class Violations
{
    /// <summary>Characters of descriptions past which only members not named yet are added.</summary>
    private const int Plenty = 1_500;

    /// <summary>Characters of descriptions and names past which nothing is added.</summary>
    private const int Most = 3_500;

    private List<Violation>? _found;
    private int _length;

    public IReadOnlyList<Violation> Found => _found ?? (IReadOnlyList<Violation>)[];

    /// <summary>Several findings as one, by the same measure.</summary>
    public static IReadOnlyList<Violation> Together(params IEnumerable<Violation>[] findings)
    {
        var all = new Violations();
        foreach (var violation in findings.SelectMany(found => found))
        {
            all.Add(violation);
        }

        return all.Found;
    }

    public void Add(string member, string description) => Add(new Violation(member, description));

    /// <summary>One entry of a list is at fault.</summary>
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

    /// <summary>The translations of a member count as that member.</summary>
    private static ReadOnlySpan<char> Untagged(string member) =>
        member.IndexOf('#', StringComparison.Ordinal) is var tag and >= 0 ? member.AsSpan(0, tag) : member;
}
