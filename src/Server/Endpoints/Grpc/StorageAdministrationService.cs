using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class StorageAdministrationService(StorageBackups backups) : StorageAdministration.StorageAdministrationBase
{
    public override async Task<BackUpStorageResponse> BackUpStorage(BackUpStorageRequest request, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext());
        var backup = await backups.BackUpAsync(request.Name, act, context.CancellationToken);
        return new BackUpStorageResponse { Path = backup.Path, SizeBytes = backup.SizeBytes };
    }
}
