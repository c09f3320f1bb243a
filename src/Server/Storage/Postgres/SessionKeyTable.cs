using System.Xml.Linq;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The keys that encrypt the cookies of the console, for all instances. The first key is made once: an instance that made one at the same
/// time gets that of the other, or neither could read the cookies of the other for a day.
/// </summary>
/// <param name="options">Where the table is. Connections are made when they are needed, which is once a day.</param>
internal sealed class SessionKeyTable(PostgresOptions options) : IXmlRepository
{
    private volatile bool _foundNone;

    /// <exception cref="StorageException">The database cannot be read.</exception>
    public IReadOnlyCollection<XElement> GetAllElements() => Run(connection =>
    {
        var keys = new List<XElement>();
        using var command = new NpgsqlCommand("select element from session_key order by name", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        _foundNone = keys.Count == 0;
        return keys;
    });

    /// <exception cref="StorageException">The database cannot be changed.</exception>
    public void StoreElement(XElement element, string friendlyName) => Run(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using (var locking = new NpgsqlCommand("lock table session_key in exclusive mode", connection, transaction))
        {
            locking.ExecuteNonQuery();
        }

        using var command = new NpgsqlCommand(
            "insert into session_key (name, element) select $1, $2 where not ($3 and exists (select from session_key))",
            connection,
            transaction)
        {
            Parameters =
            {
                new() { Value = friendlyName },
                new() { Value = element.ToString(SaveOptions.DisableFormatting) },
                new() { Value = _foundNone },
            },
        };
        command.ExecuteNonQuery();
        transaction.Commit();
        return true;
    });

    private T Run<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            using var source = PostgresConnections.Open(options);
            using var connection = source.OpenConnection();
            return work(connection);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            throw PostgresFault.Of(e);
        }
    }
}
