using Grpc.Core;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Wire.Callers;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Wire.Grpc;

internal sealed class StorageAdministrationService(OperatorDesk desk) : StorageAdministration.StorageAdministrationBase
{
    public override async Task<BackUpStorageResponse> BackUpStorage(BackUpStorageRequest request, ServerCallContext context)
    {
        var caller = CallOrigin.CallerOf(context.GetHttpContext(), Caller.Operator);
        var backup = await desk.BackUpAsync(request.Name, caller, context.CancellationToken);
        return new BackUpStorageResponse { Path = backup.Path, SizeBytes = backup.SizeBytes };
    }
}
