using Grpc.Core;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class StorageAdministrationService(StorageBackups desk) : StorageAdministration.StorageAdministrationBase
{
    public override async Task<BackUpStorageResponse> BackUpStorage(BackUpStorageRequest request, ServerCallContext context)
    {
        var caller = CallOrigin.CallerOf(context.GetHttpContext(), Caller.Operator);
        var backup = await desk.BackUpAsync(request.Name, caller, context.CancellationToken);
        return new BackUpStorageResponse { Path = backup.Path, SizeBytes = backup.SizeBytes };
    }
}
