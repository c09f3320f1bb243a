using System.Diagnostics;
using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres.Connections;

/// <summary>The connections of one instance: a bounded pool, with the schema of the store as search path.</summary>
internal static class PostgresConnections
{
    private const int MaxConnections = 20;
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 10;
    private const int PreparedCommands = 64;

    /// <summary>
    /// What is wrong with a connection string, without repeating it; <see langword="null"/> when nothing is. Some options are refused only
    /// when connections are prepared, so that is done too.
    /// </summary>
    public static string? ProblemOf(string connectionString)
    {
        try
        {
            if (connectionString.Length == 0)
            {
                return "is empty";
            }

            if (ProblemOf(new NpgsqlConnectionStringBuilder(connectionString)) is { } problem)
            {
                return problem;
            }

            Open(new PostgresOptions(connectionString)).Dispose();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return "cannot be read";
        }
        catch (NotSupportedException)
        {
            return "has options that need several hosts, or that do not work together";
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return "has options that do not work together, or names a file that cannot be read";
        }
    }

    /// <summary>Where the tables are, without credentials.</summary>
    public static string PlaceOf(PostgresOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        return $"PostgreSQL at {settings.Host}, database {settings.Database ?? settings.Username}, schema {options.Schema}";
    }

    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public static NpgsqlDataSource Open(PostgresOptions options)
    {
        var asked = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            SearchPath = options.Schema,
            Enlist = false,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            ApplicationName = asked.ApplicationName ?? "GrpcDcr",
        };
        Default(settings, "Maximum Pool Size", MaxConnections);
        Default(settings, "Timeout", ConnectSeconds);
        Default(settings, "Command Timeout", CommandSeconds);
        Default(settings, "Max Auto Prepare", PreparedCommands);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Keepalive", ConnectSeconds);
        if (asked.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            Default(settings, "Target Session Attributes", "read-write");
        }

        // Its metrics have the name, and without one the connection string. The spans of the feed have no parent, and are left out;
        // so are those of new connections, which any query may need.
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "grpcdcr" };
        source.ConfigureTracing(spans => spans
            .ConfigureCommandFilter(_ => Activity.Current is not null)
            .ConfigureBatchFilter(_ => Activity.Current is not null)
            .EnablePhysicalOpenTracing(enable: false));
        return source.Build();

        void Default(NpgsqlConnectionStringBuilder builder, string key, object value)
        {
            if (!asked.ShouldSerialize(key))
            {
                builder[key] = value;
            }
        }
    }

    private static string? ProblemOf(NpgsqlConnectionStringBuilder settings) =>
        string.IsNullOrEmpty(settings.Host) ? "names no Host"
        : settings.Multiplexing ? "has Multiplexing, which a store with its own transactions cannot use"
        : ConnectionFiles.ProblemOf(settings);
}
