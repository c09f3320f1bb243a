namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Gathers what is wrong with the settings of the issuer of this label.</summary>
internal sealed class IssuerFailures(string label)
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    public void Add(string setting, string value, string allowed) => _found.Add($"{Key(setting)} has the value '{value}'. {allowed}");

    /// <summary>For keys: a value that should be public may turn out private, so it is not repeated.</summary>
    public void AddUnseen(string setting, string problem) => _found.Add($"{Key(setting)} is not acceptable: {problem}.");

    public void AddEach(string setting, IEnumerable<string> values, string allowed)
    {
        foreach (var value in values)
        {
            Add(setting, value, allowed);
        }
    }

    private string Key(string setting) => $"{SoftwareStatementIssuerOptions.Section}:{label}:{setting}";
}
