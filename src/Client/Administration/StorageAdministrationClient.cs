using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>Cares for the store of the service, for administrators. Safe for concurrent use; can be derived from in tests.</summary>
public class StorageAdministrationClient
{
    private readonly ServiceConnection _connection;
    private readonly StorageAdministration.StorageAdministrationClient _stub;

    internal StorageAdministrationClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new StorageAdministration.StorageAdministrationClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected StorageAdministrationClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Copies the store of the running service into a new folder on its machine. The copy holds every change acknowledged before the call;
    /// to restore it, start a service on that folder. May take <see cref="GrpcDcrAdministrationOptions.BackUpDeadline"/>.
    /// </summary>
    /// <param name="name">Name of the folder, 1 to 64 characters <c>[A-Za-z0-9._-]</c>. Absent means the time.</param>
    /// <param name="cancellationToken">Stops waiting; the copy may be made all the same.</param>
    /// <returns>Where the copy is, and its size.</returns>
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
