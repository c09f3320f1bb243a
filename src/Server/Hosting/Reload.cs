using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Reads the configuration again, and applies what can change while the service runs: role tokens, certificates and addresses of the
/// listeners, log levels. A configuration with a problem changes nothing.
/// </summary>
/// <param name="read">Reads the configuration anew.</param>
/// <param name="started">What the service started with.</param>
/// <param name="configuration">The configuration of the framework.</param>
/// <param name="tokens">The role tokens in use.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Reload(
    Func<ServerConfiguration> read,
    SettingSources started,
    IConfigurationRoot configuration,
    RoleTokenLookup tokens,
    ILogger<Reload> logger)
{
    private readonly Lock _one = new();

    public void Run()
    {
        lock (_one)
        {
            try
            {
                Apply();
            }
            catch (SettingsException e)
            {
                LogRefused(e.Message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The message has the path of the file, and nothing of its content.
                LogRefused(e.Message);
            }
        }
    }

    private void Apply()
    {
        var problems = new List<string>();
        var sources = read().Read(problems);
        var replacements = RoleTokens.Open(ServerSettings.Read(sources, problems)).Tokens;
        tokens.Replace(replacements);
        configuration.Reload();
        LogReloaded(string.Join(", ", replacements.Select(token => token.Name)));
        if (SettingChanges.NeedingRestart(started, sources) is { Count: > 0 } others)
        {
            LogNeedRestart(string.Join(", ", others));
        }
    }

    [LoggerMessage(1030, LogLevel.Information, "Reloaded the certificates, the addresses, the log levels and the tokens {Tokens}")]
    private partial void LogReloaded(string tokens);

    [LoggerMessage(1031, LogLevel.Warning, "These settings have changed and take effect after a restart: {Settings}")]
    private partial void LogNeedRestart(string settings);

    [LoggerMessage(1032, LogLevel.Error, "Failed to reload the configuration; everything stays as it was. {Problems}")]
    private partial void LogRefused(string problems);
}
