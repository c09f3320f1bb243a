using System.Text.RegularExpressions;
using GrpcDcr.Server.Storage.Postgres.Connections;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Where clients are kept: configuration section <c>Storage</c>.</summary>
/// <param name="Engine">Which engine keeps them. Default: LiteDB.</param>
/// <param name="LiteDb">The embedded engine; used when <paramref name="Engine"/> names it.</param>
/// <param name="Postgres">The engine for several instances; used when <paramref name="Engine"/> names it.</param>
internal sealed partial record StorageSettings(StorageEngine Engine, LiteDbSettings LiteDb, PostgresSettings Postgres)
{
    public const string Section = "Storage";

    private const int Mebibyte = 1024 * 1024;
    private static readonly TimeSpan LongestStaleness = TimeSpan.FromDays(1);

    public static StorageSettings Read(IConfiguration configuration, List<string> problems)
    {
        var choice = SettingsSection.Read<StorageChoice>(configuration, Section, problems, "LiteDb", "Postgres");
        var settings = new StorageSettings(
            choice.Engine,
            SettingsSection.Read<LiteDbSettings>(configuration, LiteDbSettings.Section, problems),
            SettingsSection.Read<PostgresSettings>(configuration, PostgresSettings.Section, problems));
        Check(settings.LiteDb, problems);
        Check(settings.Postgres, settings.Engine == StorageEngine.Postgres, problems);
        return settings;
    }

    /// <summary>An authorization server or administrator that is sent from one instance to another shows the same token to all of them.</summary>
    public static void RequireSharedTokens(ServerSettings settings, List<string> problems)
    {
        if (settings.Storage.Engine == StorageEngine.Postgres)
        {
            foreach (var (section, role) in new[] { (RoleOptions.OperatorSection, settings.Operator), (RoleOptions.DirectorySection, settings.Directory) })
            {
                if (role.Token.Length == 0)
                {
                    problems.Add($"{section}:Token is empty; with Storage:Engine=Postgres all instances need the same one, such as from 'openssl rand -hex 32'.");
                }
            }
        }
    }

    private static void Check(LiteDbSettings settings, List<string> problems)
    {
        if (settings.Path.Length == 0)
        {
            problems.Add($"{LiteDbSettings.Section}:Path is empty; allowed is the path of a folder.");
        }

        CheckCache(LiteDbSettings.Section, settings.CacheBytes, problems);
    }

    private static void Check(PostgresSettings settings, bool isUsed, List<string> problems)
    {
        const string Section = PostgresSettings.Section;
        if (isUsed && PostgresConnections.ProblemOf(settings.ConnectionString) is { } problem)
        {
            // It is not repeated: there may be a password in it.
            problems.Add($"{Section}:ConnectionString {problem}; allowed is such as Host=db.example;Database=grpcdcr;Username=grpcdcr;Password=...");
        }

        if (!SchemaName().IsMatch(settings.Schema))
        {
            problems.Add(SettingsSection.Wrong(
                $"{Section}:Schema", settings.Schema, "a name of at most 40 lower-case letters, digits and underscores that starts with a letter"));
        }

        if (settings.MaxStaleness < TimeSpan.Zero || settings.MaxStaleness > LongestStaleness)
        {
            problems.Add(SettingsSection.Wrong($"{Section}:MaxStaleness", $"{settings.MaxStaleness}", "a time from 00:00:00 to 1.00:00:00"));
        }

        CheckCache(Section, settings.CacheBytes, problems);
    }

    private static void CheckCache(string section, int bytes, List<string> problems)
    {
        if (bytes < Mebibyte)
        {
            problems.Add(SettingsSection.Wrong($"{section}:CacheBytes", $"{bytes}", $"a whole number from {Mebibyte} to {int.MaxValue}"));
        }
    }

    /// <summary>Names that begin with pg_ belong to PostgreSQL.</summary>
    [GeneratedRegex("^(?!pg_)[a-z][a-z0-9_]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SchemaName();
}

/// <summary>The engines there are.</summary>
internal enum StorageEngine
{
    /// <summary>Files in a folder, for one instance.</summary>
    LiteDb,

    /// <summary>PostgreSQL, for any number of instances.</summary>
    Postgres,
}

/// <summary>What stands in the section itself.</summary>
internal sealed class StorageChoice
{
    /// <summary>Default: LiteDb.</summary>
    public StorageEngine Engine { get; set; }
}

/// <summary>The embedded engine: configuration section <c>Storage:LiteDb</c>.</summary>
internal sealed class LiteDbSettings
{
    public const string Section = "Storage:LiteDb";

    /// <summary>The data folder, made where there is none. Default: <c>data</c> in the current folder.</summary>
    public string Path { get; set; } = "data";

    /// <summary>Bytes of clients kept in memory. Default: 64 MiB. Range 1 MiB to 2 GiB.</summary>
    public int CacheBytes { get; set; } = 64 * 1024 * 1024;
}

/// <summary>The engine for several instances: configuration section <c>Storage:Postgres</c>.</summary>
internal sealed class PostgresSettings
{
    public const string Section = "Storage:Postgres";

    /// <summary>
    /// As Npgsql reads it. What it does not say is bounded: 20 connections, 5 seconds to connect, 10 for a command. No default.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The schema that holds the tables, made where there is none. Default: <c>grpcdcr</c>.</summary>
    public string Schema { get; set; } = "grpcdcr";

    /// <summary>
    /// Whether the start brings the tables up to date. Default: <c>true</c>. Otherwise it refuses tables that are not, and the argument
    /// <c>migrate</c> does it.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>
    /// Whether instances tell each other of changes by NOTIFY. Default: <c>true</c>. Without it, such as behind a pooler that hands out
    /// connections by transaction, they look four times a second.
    /// </summary>
    public bool Notifications { get; set; } = true;

    /// <summary>Bytes of clients kept in memory. Default: 64 MiB. Range 1 MiB to 2 GiB.</summary>
    public int CacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// For how long lookups are answered from memory although the database does not answer. Default: 1 second, after which they fail.
    /// Range 0 to 1 day: what is longer keeps lookups going in an outage, at the price that a suspension is honoured as late as that.
    /// </summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(1);
}
