namespace GrpcDcr.Server.Registration.Rules;

/// <summary>
/// Gathers violations in the order in which they are found: at least one of every member at fault, and more while they are short.
/// gRPC callers get them in the headers of the answer, and many of them accept no more than 8 KiB there.
/// </summary>
internal sealed class Violations
{
    /// <summary>Characters of descriptions past which only members not named yet are added.</summary>
    private const int Plenty = 1_500;

    private List<Violation>? found;
    private int length;

    public IReadOnlyList<Violation> Found => found ?? (IReadOnlyList<Violation>)[];

    public void Add(string member, string description)
    {
        found ??= [];
        if (length + description.Length <= Plenty || !found.Exists(violation => Untagged(violation.Member).SequenceEqual(Untagged(member))))
        {
            found.Add(new Violation(member, description));
            length += description.Length;
        }
    }

    /// <summary>The translations of a member count as that member.</summary>
    private static ReadOnlySpan<char> Untagged(string member) =>
        member.IndexOf('#', StringComparison.Ordinal) is var tag and >= 0 ? member.AsSpan(0, tag) : member;
}
