namespace GrpcDcr.Server.Registration.Rules;

/// <summary>Gathers violations in the order in which they are found.</summary>
internal sealed class Violations
{
    private List<Violation>? found;

    public IReadOnlyList<Violation> Found => found ?? (IReadOnlyList<Violation>)[];

    public void Add(string member, string description) => (found ??= []).Add(new Violation(member, description));
}
