using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Gathers what is wrong with the settings of the issuer of this label.</summary>
internal sealed class IssuerFailures(string label)
{
    private readonly List<SettingProblem> _found = [];

    public IReadOnlyList<SettingProblem> Found => _found;

    public void Add(string setting, string value, string allowed) => _found.Add(new SettingProblem(Key(setting), value, allowed));

    /// <summary>For keys: a value that should be public may turn out private, so it is not repeated.</summary>
    public void AddUnseen(string setting, string allowed) => _found.Add(new SettingProblem(Key(setting), Value: null, allowed));

    public void AddEach(string setting, IEnumerable<string> values, string allowed)
    {
        foreach (var value in values)
        {
            Add(setting, value, allowed);
        }
    }

    private string Key(string setting) => $"{SoftwareStatementIssuerOptions.Section}:{label}:{setting}";
}
