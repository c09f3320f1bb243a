using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>Cares for the store of the service, for operators. Safe for concurrent use.</summary>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class StorageAdministrator(StorageAdministration.StorageAdministrationClient stub)
{
    /// <summary>
    /// Copies the store of the running service into a new folder on its machine. The copy holds every change acknowledged
    /// before the call; to restore it, start a service on that folder. May take <see cref="GrpcDcrClientOptions.BackUpDeadline"/>.
    /// </summary>
    /// <param name="name">Name of the folder, 1 to 64 characters <c>[A-Za-z0-9._-]</c>. Absent means the time.</param>
    /// <param name="cancellationToken">Stops waiting; the copy may be made all the same.</param>
    /// <returns>Where the copy is, and its size.</returns>
    /// <exception cref="GrpcDcrException">
    /// No copy was made: <see cref="GrpcDcrError.BackUpNotSupported"/>, <see cref="GrpcDcrError.BackUpExists"/>, or another fault.
    /// </exception>
    public async Task<BackUpStorageResponse> BackUpAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        var request = new BackUpStorageRequest { Name = name ?? "" };
        return await stub.BackUpStorageAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
