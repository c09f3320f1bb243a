using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres.Connections;

/// <summary>The files that a connection string names. Npgsql opens them only when it connects, or ignores that they are missing.</summary>
internal static class ConnectionFiles
{
    private static readonly (string Keyword, Func<NpgsqlConnectionStringBuilder, string?> Path)[] Keywords =
    [
        ("Root Certificate", settings => settings.RootCertificate),
        ("SSL Certificate", settings => settings.SslCertificate),
        ("SSL Key", settings => settings.SslKey),
        ("Passfile", settings => settings.Passfile),
    ];

    /// <summary>The first file that cannot be read, as the end of a sentence; <see langword="null"/> if there is none.</summary>
    public static string? ProblemOf(NpgsqlConnectionStringBuilder settings)
    {
        foreach (var (keyword, pathOf) in Keywords)
        {
            if (pathOf(settings) is { Length: > 0 } path && ReasonAgainst(path) is { } reason)
            {
                return $"names a file as {keyword} that {reason}: '{path}'";
            }
        }

        return null;
    }

    private static string? ReasonAgainst(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"the user {Environment.UserName} cannot read";
        }
    }
}
