using Grpc.Core;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Management;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.V1;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class ClientRegistrationService(
    Registrar registrar, ClientManagement management, RegistrationPreviews previews, ClientInformationMapping mapping)
    : ClientRegistration.ClientRegistrationBase
{
    [SucceedsWith(StatusCodes.Status201Created)]
    public override async Task<RegisterClientResponse> RegisterClient(RegisterClientRequest request, ServerCallContext context)
    {
        var admission = context.GetHttpContext().Features.GetRequiredFeature<AdmissionDecision>();
        var asked = ExchangeOf(context)?.Registration ?? request.Metadata.ToModel();
        var requestId = request.RequestId.Length == 0 ? null : request.RequestId;
        var issued = await registrar.RegisterAsync(asked, admission, requestId, CallerOf(context), context.CancellationToken);
        return new RegisterClientResponse { ClientInformation = Show(issued, context) };
    }

    public override async Task<PreviewRegistrationResponse> PreviewRegistration(
        PreviewRegistrationRequest request, ServerCallContext context)
    {
        var admission = context.GetHttpContext().Features.GetRequiredFeature<AdmissionDecision>();
        var preview = await previews.PreviewAsync(request.Metadata.ToModel(), admission, context.CancellationToken);
        return new PreviewRegistrationResponse { Preview = preview.ToMessage() };
    }

    [SucceedsWith(StatusCodes.Status200OK)]
    public override async Task<ReadClientResponse> ReadClient(ReadClientRequest request, ServerCallContext context)
    {
        var read = await management.ReadAsync(ManagedBy(context, request.ClientId), CallerOf(context), context.CancellationToken);
        return new ReadClientResponse { ClientInformation = Show(read, context) };
    }

    [SucceedsWith(StatusCodes.Status200OK)]
    public override async Task<UpdateClientResponse> UpdateClient(UpdateClientRequest request, ServerCallContext context)
    {
        var update = ExchangeOf(context)?.Update ?? UpdateIn(request.Client ?? new ClientUpdate());
        var updated = await management.UpdateAsync(
            ManagedBy(context, request.ClientId), update, PreconditionOf(context), CallerOf(context), context.CancellationToken);
        return new UpdateClientResponse { ClientInformation = Show(updated, context) };
    }

    [SucceedsWith(StatusCodes.Status204NoContent)]
    public override async Task<DeleteClientResponse> DeleteClient(DeleteClientRequest request, ServerCallContext context)
    {
        await management.DeleteAsync(
            ManagedBy(context, request.ClientId), PreconditionOf(context), CallerOf(context), context.CancellationToken);
        return new DeleteClientResponse();
    }

    private static Precondition PreconditionOf(ServerCallContext context) =>
        EntityTags.PreconditionOf(context.GetHttpContext().Request);

    private static UpdateRequest UpdateIn(ClientUpdate client) => new(
        client.ClientId.Length == 0 ? null : client.ClientId,
        client.HasClientSecret ? new Secret(client.ClientSecret) : null,
        client.Metadata.ToModel());

    /// <returns><see langword="null"/> if the HTTP profile answers the client.</returns>
    private ClientInformation? Show(IssuedClient issued, ServerCallContext context)
    {
        EntityTags.Show(context.GetHttpContext().Response, issued.Client);
        if (ExchangeOf(context) is { } exchange)
        {
            exchange.Answer = issued;
            return null;
        }

        return mapping.ToMessage(issued);
    }

    /// <summary><see langword="null"/> for a native call.</summary>
    private static DocumentExchange? ExchangeOf(ServerCallContext context) => context.GetHttpContext().Features.Get<DocumentExchange>();

    /// <summary>In native gRPC the client of the request is known only here, after the token was validated.</summary>
    private static ManagedClient ManagedBy(ServerCallContext context, string clientId) =>
        context.GetHttpContext().Features.GetRequiredFeature<ManagedClient>() is var managed && managed.Client.Id.ToString() == clientId
            ? managed
            : throw new RegistrationRefusedException(ManagementAdmission.Gone);

    private static Caller CallerOf(ServerCallContext context) => CallOrigin.CallerOf(
        context.GetHttpContext(),
        context.GetHttpContext().Features.Get<ManagedClient>() is { } managed ? Actor.Of(managed.Client.Id) : Actor.Applicant);
}
