using System.Text.RegularExpressions;
using GrpcDcr.Server.Policy;
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

    public static StorageSettings Read(SettingsReader reader)
    {
        var settings = new StorageSettings(
            reader.Read<StorageChoice>(Section).Engine,
            reader.Read<LiteDbSettings>(LiteDbSettings.Section),
            reader.Read<PostgresSettings>(PostgresSettings.Section));
        Check(reader, settings.LiteDb);
        Check(reader, settings.Postgres, settings.Engine == StorageEngine.Postgres);
        return settings;
    }

    private static void Check(SettingsReader reader, LiteDbSettings settings)
    {
        if (settings.Path.Length == 0)
        {
            reader.Add($"{LiteDbSettings.Section}:{nameof(settings.Path)}", "", "the path of a folder");
        }

        CheckCache(reader, LiteDbSettings.Section, settings.CacheBytes);
    }

    private static void Check(SettingsReader reader, PostgresSettings settings, bool isUsed)
    {
        const string Section = PostgresSettings.Section;
        if (isUsed && PostgresConnections.ProblemOf(settings.ConnectionString) is { } problem)
        {
            // Not repeated, because it may contain a password.
            reader.Add(
                $"{Section}:{nameof(settings.ConnectionString)}", value: null,
                $"such as Host=db.example;Database=grpcdcr;Username=grpcdcr;Password=...; this one {problem}");
        }

        if (!SchemaName().IsMatch(settings.Schema))
        {
            reader.Add(
                $"{Section}:{nameof(settings.Schema)}", settings.Schema,
                "a name of at most 40 lower-case letters, digits and underscores that starts with a letter, but not with pg_");
        }

        if (settings.MaxStaleness < TimeSpan.Zero || settings.MaxStaleness > LongestStaleness)
        {
            reader.Add($"{Section}:{nameof(settings.MaxStaleness)}", $"{settings.MaxStaleness}", "a time from 00:00:00 to 1.00:00:00");
        }

        CheckCache(reader, Section, settings.CacheBytes);
    }

    private static void CheckCache(SettingsReader reader, string section, int bytes)
    {
        if (bytes < Mebibyte)
        {
            reader.Add($"{section}:{nameof(LiteDbSettings.CacheBytes)}", $"{bytes}", $"a whole number from {Mebibyte} to {int.MaxValue}");
        }
    }

    /// <summary>Names that begin with pg_ belong to PostgreSQL.</summary>
    [GeneratedRegex("^(?!pg_)[a-z][a-z0-9_]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SchemaName();
}

/// <summary>The storage engines.</summary>
internal enum StorageEngine
{
    /// <summary>Files in a folder, for one instance.</summary>
    LiteDb,

    /// <summary>PostgreSQL, for any number of instances.</summary>
    Postgres,
}

/// <summary>Which engine is used: configuration section <c>Storage</c>.</summary>
internal sealed class StorageChoice
{
    /// <summary>
    /// <c>LiteDb</c>: files in a folder, for one instance. <c>Postgres</c>: for any number of instances. Default: LiteDb.
    /// </summary>
    public StorageEngine Engine { get; set; }
}

/// <summary>The embedded engine: configuration section <c>Storage:LiteDb</c>.</summary>
internal sealed class LiteDbSettings
{
    public const string Section = "Storage:LiteDb";

    /// <summary>The data folder, created if it does not exist. Default: <c>data</c> in the current folder.</summary>
    public string Path { get; set; } = "data";

    /// <summary>The size of the client cache, in bytes. Default: 64 MiB. Range 1 MiB to 2 GiB.</summary>
    public int CacheBytes { get; set; } = 64 * 1024 * 1024;
}

/// <summary>The engine for several instances: configuration section <c>Storage:Postgres</c>.</summary>
internal sealed class PostgresSettings
{
    public const string Section = "Storage:Postgres";

    /// <summary>
    /// The connection string of Npgsql. Limits that it does not set: 20 connections, 5 seconds to connect, 10 seconds for a command. No
    /// default.
    /// </summary>
    [SecretSetting]
    public string ConnectionString { get; set; } = "";

    /// <summary>The schema of the tables, created if it does not exist. Default: <c>grpcdcr</c>.</summary>
    public string Schema { get; set; } = "grpcdcr";

    /// <summary>
    /// Whether the start migrates the tables. Default: <c>true</c>. If false, the start refuses outdated tables, and the command
    /// <c>migrate</c> migrates them.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>
    /// Whether instances notify each other of changes by NOTIFY. Default: <c>true</c>. If false, as needed behind a pooler in transaction
    /// mode, they poll four times a second.
    /// </summary>
    public bool Notifications { get; set; } = true;

    /// <summary>The size of the client cache, in bytes. Default: 64 MiB. Range 1 MiB to 2 GiB.</summary>
    public int CacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long lookups are answered from memory while the database does not answer; then they fail. Default: 1 second. Range 0 to 1 day: a
    /// longer time keeps lookups available during an outage, but a suspension takes effect up to that much later.
    /// </summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(1);
}
