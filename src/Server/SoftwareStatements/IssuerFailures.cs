using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Collects the problems of the settings of an issuer.</summary>
internal sealed class IssuerFailures(string label)
{
    private readonly List<SettingProblem> _found = [];

    public IReadOnlyList<SettingProblem> Found => _found;

    public void Add(string setting, string value, string allowed) => _found.Add(new SettingProblem(Key(setting), value, allowed));

    /// <summary>For keys: the message does not repeat the value, which may be a private key by mistake.</summary>
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
