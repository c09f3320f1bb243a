using System.Diagnostics;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>
/// <c>doctor</c>: checks what the service depends on, with the settings of the service. It changes nothing, and also works while the
/// service runs.
/// </summary>
internal static class DoctorCommand
{
    /// <summary>What is checked.</summary>
    public static readonly IReadOnlyList<Check> Checks =
    [
        new("service", "docs/operating.md#the-store-is-not-ready", ServiceCheck.FindAsync),
        new("TLS", "docs/configuration.md#listeners", CertificateCheck.FindAsync),
        new("proxy", "docs/configuration.md#proxies", ProxyCheck.FindAsync),
        new("metadata document", "docs/configuration.md#metadata-document", MetadataDocumentCheck.FindAsync),
        new("store", "docs/configuration.md#storage", StoreCheck.FindAsync),
        new("Redis", "docs/configuration.md#rate-limits", RedisCheck.FindAsync),
    ];

    /// <exception cref="SettingsException">The configuration is not acceptable.</exception>
    /// <exception cref="DoctorException">Something does not work.</exception>
    public static async Task RunAsync(ServerConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var settings = ServerSettings.Read(configuration.Read(problems), problems);
        await output.WriteLineAsync("good     configuration: acceptable");
        var failed = 0;
        foreach (var check in Checks)
        {
            foreach (var finding in await check.FindAsync(settings, cancellationToken))
            {
                var see = finding.Status == CheckStatus.Good ? "" : $" See {check.Page}";
                await output.WriteLineAsync($"{WordOf(finding.Status),-8} {check.Subject}: {finding.Text}{see}");
                failed += finding.Status == CheckStatus.Failed ? 1 : 0;
            }
        }

        if (failed > 0)
        {
            throw new DoctorException(failed == 1 ? "One check failed." : $"{failed} checks failed.");
        }
    }

    private static string WordOf(CheckStatus status) => status switch
    {
        CheckStatus.Good => "good",
        CheckStatus.Warning => "warning",
        CheckStatus.Failed => "failed",
        _ => throw new UnreachableException($"{status} is no status."),
    };
}

/// <summary>One check.</summary>
/// <param name="Subject">What is checked.</param>
/// <param name="Page">The page and section that explain it.</param>
/// <param name="FindAsync">Finds out, by the settings of the service.</param>
internal sealed record Check(string Subject, string Page, Func<ServerSettings, CancellationToken, Task<Finding[]>> FindAsync);

/// <summary>A check failed.</summary>
internal sealed class DoctorException(string message) : Exception(message);
