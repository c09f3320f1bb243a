using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Identifies the history of a store: the identifier in <c>audit_head</c>, made with the tables and anew by an import, and where the
/// database has them, its system identifier and the number of its own timeline, which rises when a standby is promoted and when a backup is
/// restored with recovery.
/// </summary>
/// <param name="Sql">An expression over <c>audit_head</c>, of type text.</param>
internal sealed record Timeline(string Sql)
{
    private const string Stored = "timeline::text";

    /// <summary>
    /// A standby does not know its timeline by this function; it counts as one of its own, so that its promotion is noticed.
    /// </summary>
    private const string OfServer =
        "(select system_identifier::text from pg_control_system()) || '/' || "
        + "case when pg_is_in_recovery() then 'standby' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end";

    /// <summary>What identifies the timeline here. Databases of the same protocol have no functions for their own part.</summary>
    public static async Task<Timeline> OfAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            await source.QueryAsync($"select {OfServer}", row => row.GetString(0), cancellationToken);
            return new Timeline($"{Stored} || '/' || {OfServer}");
        }
        catch (StorageException e) when (e.InnerException is PostgresException error && IsMissing(error.SqlState))
        {
            return new Timeline(Stored);
        }
    }

    /// <summary>Class 42: no such function, or no right to call it.</summary>
    private static bool IsMissing(string state) => state is ['4', '2', ..] or PostgresErrorCodes.FeatureNotSupported;

    /// <summary>An expression for the record of the event of a sequence.</summary>
    public static string Seen(string sequence) => $"(select record from audit_event where sequence = {sequence})";
}
