using Grpc.Core;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Wire.Admission;
using GrpcDcr.Server.Wire.Callers;
using GrpcDcr.Server.Wire.Http;
using GrpcDcr.Server.Wire.Mapping;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Wire.Grpc;

internal sealed class ClientRegistrationService(Registrar registrar) : ClientRegistration.ClientRegistrationBase
{
    [SucceedsWith(StatusCodes.Status201Created)]
    public override async Task<RegisterClientResponse> RegisterClient(RegisterClientRequest request, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var issued = await registrar.RegisterAsync(
            request.Metadata.ToModel(),
            http.Features.Get<CallAdmission>()!.Registration!,
            CallOrigin.CallerOf(http, Caller.Client),
            context.CancellationToken);
        return new RegisterClientResponse { ClientInformation = issued.ToClientInformation() };
    }
}
