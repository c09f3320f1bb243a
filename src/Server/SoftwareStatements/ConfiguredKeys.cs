using System.Text;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Keys from the configuration or from a file. They do not change until the next start.</summary>
internal sealed class ConfiguredKeys(IssuerKeySet keys) : IIssuerKeys
{
    /// <summary>The key set of the options; <see langword="null"/> if there is none, or if it cannot be read.</summary>
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
