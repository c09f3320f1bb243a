using System.Globalization;
using System.Text.RegularExpressions;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Administration;

/// <summary>Backups of the store.</summary>
internal sealed partial class StorageBackups(IRegistrationStore store, AuditedAct audited)
{
    /// <param name="name">Name of the new folder; empty for a name made from the current time.</param>
    /// <param name="request">Who.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    /// <exception cref="RegistrationRefusedException">The name is invalid or taken, or the engine does not support backups.</exception>
    public Task<Backup> BackUpAsync(string name, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
        AuditEventType.StorageBackedUp,
        clientId: null,
        request,
        async attempted =>
        {
            var folder = name.Length > 0
                ? name
                : attempted.Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            if (!FolderName().IsMatch(folder))
            {
                throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                    "name", "The name must be 1 to 64 characters of A-Z a-z 0-9 . _ - and must not start with a dot."));
            }

            var completed = attempted with { Detail = new AuditDetail.StorageBackedUp(folder) };
            var outcome = await store.BackUpAsync(folder, completed, cancellationToken);
            if (outcome.Result != BackupResult.Done)
            {
                throw new RegistrationRefusedException(outcome.Result == BackupResult.NameTaken
                    ? new RegistrationFault.BackupAlreadyExists()
                    : new RegistrationFault.BackupNotSupported());
            }

            return new Backup(outcome.Path, outcome.SizeBytes);
        },
        cancellationToken);

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FolderName();
}

/// <summary>A finished copy of the store.</summary>
/// <param name="Path">The folder, on the machine of the service.</param>
/// <param name="SizeBytes">Its size in bytes.</param>
internal sealed record Backup(string Path, long SizeBytes);
