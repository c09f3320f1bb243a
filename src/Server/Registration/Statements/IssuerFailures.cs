namespace GrpcDcr.Server.Registration.Statements;

/// <summary>Gathers what is wrong with the settings of the issuer of this label.</summary>
internal sealed class IssuerFailures(string label)
{
    private readonly List<string> found = [];

    public IReadOnlyList<string> Found => found;

    public void Add(string setting, string value, string allowed) =>
        found.Add($"{StatementIssuerOptions.Section}:{label}:{setting} has the value '{value}'. {allowed}");

    public void AddEach(string setting, IEnumerable<string> values, string allowed)
    {
        foreach (var value in values)
        {
            Add(setting, value, allowed);
        }
    }
}
