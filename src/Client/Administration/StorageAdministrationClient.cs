using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>Administration of the store, for administrators. Safe for concurrent use; tests can derive from it.</summary>
public class StorageAdministrationClient
{
    private readonly ServiceConnection _connection;
    private readonly StorageAdministration.StorageAdministrationClient _stub;

    internal StorageAdministrationClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new StorageAdministration.StorageAdministrationClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected StorageAdministrationClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Copies the store of the running service into a new folder on its machine. The copy has every change that was acknowledged before the
    /// call; to restore it, start a service on that folder. The deadline is <see cref="GrpcDcrAdministrationOptions.BackUpDeadline"/>.
    /// </summary>
    /// <param name="name">Name of the folder, 1 to 64 characters <c>[A-Za-z0-9._-]</c>. Absent means the current time.</param>
    /// <param name="cancellationToken">Stops waiting; the copy may still be made.</param>
    /// <returns>The path and the size of the copy.</returns>
    /// <exception cref="GrpcDcrException">
    /// No copy was made: <see cref="ErrorReason.BackupNotSupported"/>, <see cref="ErrorReason.BackupAlreadyExists"/>, or another fault.
    /// </exception>
    public virtual async Task<BackUpStorageResponse> BackUpAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        var request = new BackUpStorageRequest { Name = name ?? "" };
        var deadline = ((GrpcDcrAdministrationOptions)_connection.Options).BackUpDeadline;
        return await _connection.CallAsync(_stub.BackUpStorageAsync, request, cancellationToken, deadline).ConfigureAwait(false);
    }
}
