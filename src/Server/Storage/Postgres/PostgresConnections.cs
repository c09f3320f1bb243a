using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>The connections of one instance: a bounded pool, with the schema of the store as search path.</summary>
internal static class PostgresConnections
{
    private const int MaxConnections = 20;
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 10;
    private const int PreparedStatements = 64;

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
        Default(settings, "Max Auto Prepare", PreparedStatements);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Keepalive", ConnectSeconds);
        if (asked.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            Default(settings, "Target Session Attributes", "read-write");
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();

        void Default(NpgsqlConnectionStringBuilder builder, string key, object value)
        {
            if (!asked.ShouldSerialize(key))
            {
                builder[key] = value;
            }
        }
    }
}
