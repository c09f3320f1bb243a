namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The configuration stops the start. The message names each key, its value, its source and what is allowed.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception("The configuration is not acceptable:" + string.Concat(problems.Select(problem => Environment.NewLine + "  " + problem)))
{
    public IReadOnlyList<string> Problems => problems;
}
