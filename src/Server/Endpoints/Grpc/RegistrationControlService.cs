using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class RegistrationControlService(Administration.RegistrationStatusControl control)
    : V1.RegistrationControl.RegistrationControlBase
{
    public override async Task<GetRegistrationSwitchResponse> GetRegistrationSwitch(
        GetRegistrationSwitchRequest request, ServerCallContext context) =>
        new() { RegistrationSwitch = ToMessage(await control.ReadAsync(context.CancellationToken)) };

    public override async Task<CloseRegistrationResponse> CloseRegistration(CloseRegistrationRequest request, ServerCallContext context) =>
        new() { RegistrationSwitch = await TurnAsync(closed: true, request.Reason, context) };

    public override async Task<OpenRegistrationResponse> OpenRegistration(OpenRegistrationRequest request, ServerCallContext context) =>
        new() { RegistrationSwitch = await TurnAsync(closed: false, request.Reason, context) };

    private async Task<RegistrationSwitch> TurnAsync(bool closed, string reason, ServerCallContext context)
    {
        var caller = CallOrigin.CallerOf(context.GetHttpContext());
        return ToMessage(await control.SetAsync(closed, TokenMapping.NullIfEmpty(reason), caller, context.CancellationToken));
    }

    private static RegistrationSwitch ToMessage(Model.RegistrationStatus model)
    {
        var wire = new RegistrationSwitch
        {
            Closed = model.Closed,
            ChangeTime = model.ChangedAt is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
        if (model.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }
}
