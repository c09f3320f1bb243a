using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// When the database acknowledges a commit. Changes are committed with <c>on</c>, or with <c>remote_apply</c> where the database has that:
/// the weaker values acknowledge what the disk of the server, or of its synchronous standbys, may not have.
/// </summary>
/// <param name="Value">What the database is set to for this service; empty if it has no such setting.</param>
internal sealed record SynchronousCommit(string Value)
{
    private const string Strongest = "remote_apply";

    /// <summary>Of a database that was not asked.</summary>
    public static SynchronousCommit Unknown { get; } = new("");

    /// <summary>Asks for the value in effect for this service: that of the server, the database, the role or the connection.</summary>
    public const string Query = "select coalesce(current_setting('synchronous_commit', true), '')";

    /// <summary>Whether the value is weaker than <c>on</c>.</summary>
    public bool IsWeak => Value is not ("" or "on" or Strongest);

    /// <summary>
    /// For the beginning of each transaction, because a pooler may give each of them another session; <see langword="null"/> if the
    /// database has no such setting.
    /// </summary>
    public string? Command => Value switch
    {
        "" => null,
        Strongest => "set local synchronous_commit = remote_apply",
        _ => "set local synchronous_commit = on",
    };

    public static async Task<SynchronousCommit> OfAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Query, connection);
        return new SynchronousCommit((await command.RowsAsync(row => row.GetString(0), CancellationToken.None))[0]);
    }
}
