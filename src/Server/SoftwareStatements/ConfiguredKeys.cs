using System.Text;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Keys that stand in the configuration or in a file. They stay as they are until the next start.</summary>
internal sealed class ConfiguredKeys(IssuerKeySet keys) : IIssuerKeys
{
    /// <summary>The set that the options name; <see langword="null"/> when there is none, or none that can be read.</summary>
    public static IssuerKeySet? Read(SoftwareStatementIssuerOptions options)
    {
        try
        {
            return IssuerKeySet.Read(
                options.JwksFile.Length > 0 ? File.ReadAllBytes(options.JwksFile) : Encoding.UTF8.GetBytes(options.Jwks));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public ValueTask<IssuerKeySet?> ReadAsync(CancellationToken cancellationToken) => new(keys);
}
