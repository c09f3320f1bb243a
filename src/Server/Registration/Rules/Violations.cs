namespace GrpcDcr.Server.Registration.Rules;

/// <summary>Gathers violations in the order in which they are found.</summary>
internal sealed class Violations
{
    /// <summary>How many are kept: enough to mend a document by, and an answer that stays small.</summary>
    internal const int Most = 50;

    private List<Violation>? found;

    public IReadOnlyList<Violation> Found => found ?? (IReadOnlyList<Violation>)[];

    public void Add(string member, string description)
    {
        found ??= [];
        if (found.Count < Most)
        {
            found.Add(new Violation(member, description));
        }
    }
}
