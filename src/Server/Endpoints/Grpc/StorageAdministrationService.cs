using Grpc.Core;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class StorageAdministrationService(StorageBackups backups) : StorageAdministration.StorageAdministrationBase
{
    public override async Task<BackUpStorageResponse> BackUpStorage(BackUpStorageRequest request, ServerCallContext context)
    {
        var caller = CallOrigin.CallerOf(context.GetHttpContext());
        var backup = await backups.BackUpAsync(request.Name, caller, context.CancellationToken);
        return new BackUpStorageResponse { Path = backup.Path, SizeBytes = backup.SizeBytes };
    }
}
