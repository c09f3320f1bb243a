using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Storage;
using RegistrationStatus = GrpcDcr.Admin.V1.RegistrationStatus;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class RegistrationControlService(
    IRegistrationStore store, RegistrationStatusControl control, AdmissionOptions admission)
    : RegistrationControl.RegistrationControlBase
{
    public override async Task<GetRegistrationStatusResponse> GetRegistrationStatus(
        GetRegistrationStatusRequest request, ServerCallContext context) =>
        new() { RegistrationStatus = ToMessage(await store.GetRegistrationStatusAsync(context.CancellationToken)) };

    public override async Task<CloseRegistrationResponse> CloseRegistration(CloseRegistrationRequest request, ServerCallContext context) =>
        new() { RegistrationStatus = await SetAsync(closed: true, request.Reason, context) };

    public override async Task<OpenRegistrationResponse> OpenRegistration(OpenRegistrationRequest request, ServerCallContext context) =>
        new() { RegistrationStatus = await SetAsync(closed: false, request.Reason, context) };

    private async Task<RegistrationStatus> SetAsync(bool closed, string reason, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext(), reason);
        return ToMessage(await control.SetAsync(closed, act, context.CancellationToken));
    }

    private RegistrationStatus ToMessage(Model.RegistrationStatus model)
    {
        var message = new RegistrationStatus
        {
            Enabled = admission.Enabled && !model.Closed,
            Closed = model.Closed,
            ChangeTime = model.ChangedAt is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
        if (model.Reason is { } reason)
        {
            message.Reason = reason;
        }

        return message;
    }
}
