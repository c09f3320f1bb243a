using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class ClientAdministrationService(ClientLifecycle lifecycle, RegistrationPreviews previews) : ClientAdministration.ClientAdministrationBase
{
    /// <summary>Bytes of a page token of clients: an identifier.</summary>
    private const int TokenLength = 16;

    public override async Task<ListClientsResponse> ListClients(ListClientsRequest request, ServerCallContext context)
    {
        var page = await lifecycle.ListAsync(
            request.State.ToFilter(),
            PageMapping.ToPageRequest(request.PageSize, request.PageToken, TokenLength),
            context.CancellationToken);
        return new ListClientsResponse
        {
            Clients = { page.Items.Select(client => client.ToAdminClient()) },
            NextPageToken = page.NextToken.ToPageToken(),
        };
    }

    public override async Task<ClientAdministrationGetClientResponse> GetClient(
        ClientAdministrationGetClientRequest request, ServerCallContext context)
    {
        var client = await lifecycle.GetAsync(request.ClientId, context.CancellationToken);
        return new ClientAdministrationGetClientResponse { Client = client.ToAdminClient() };
    }

    public override async Task<ApproveClientResponse> ApproveClient(ApproveClientRequest request, ServerCallContext context) =>
        new() { Client = await MoveAsync(ClientTransition.Approve, request.ClientId, request.Reason, request.Etag, context) };

    public override async Task<RejectClientResponse> RejectClient(RejectClientRequest request, ServerCallContext context) =>
        new() { Client = await MoveAsync(ClientTransition.Reject, request.ClientId, request.Reason, request.Etag, context) };

    public override async Task<SuspendClientResponse> SuspendClient(SuspendClientRequest request, ServerCallContext context) =>
        new() { Client = await MoveAsync(ClientTransition.Suspend, request.ClientId, request.Reason, request.Etag, context) };

    public override async Task<ReinstateClientResponse> ReinstateClient(ReinstateClientRequest request, ServerCallContext context) =>
        new() { Client = await MoveAsync(ClientTransition.Reinstate, request.ClientId, request.Reason, request.Etag, context) };

    public override async Task<ClientAdministrationDeleteClientResponse> DeleteClient(
        ClientAdministrationDeleteClientRequest request, ServerCallContext context)
    {
        await lifecycle.DeleteAsync(request.ClientId, ActOf(request.Reason, request.Etag, context), context.CancellationToken);
        return new ClientAdministrationDeleteClientResponse();
    }

    public override async Task<RotateClientSecretResponse> RotateClientSecret(
        RotateClientSecretRequest request, ServerCallContext context)
    {
        var rotated = await lifecycle.RotateSecretAsync(
            request.ClientId, ActOf(request.Reason, request.Etag, context), context.CancellationToken);
        return new RotateClientSecretResponse
        {
            ClientSecret = rotated.Secret.Reveal(),
            ClientSecretExpireTime = rotated.Client.Secret!.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            Client = rotated.Client.ToAdminClient(),
        };
    }

    public override async Task<PreviewRegistrationResponse> PreviewRegistration(
        PreviewRegistrationRequest request, ServerCallContext context)
    {
        var admission = await previews.AdmissionOfAsync(
            request.InitialAccessTokenId, request.WithStaticToken, context.CancellationToken);
        var preview = await previews.PreviewAsync(request.Metadata.ToModel(), admission, context.CancellationToken);
        return new PreviewRegistrationResponse { Preview = preview.ToMessage() };
    }

    private async Task<Client> MoveAsync(ClientTransition move, string clientId, string reason, string etag, ServerCallContext context)
    {
        var moved = await lifecycle.TransitionAsync(move, clientId, ActOf(reason, etag, context), context.CancellationToken);
        return moved.ToAdminClient();
    }

    private static ActRequest ActOf(string reason, string etag, ServerCallContext context) =>
        new(CallOrigin.CallerOf(context.GetHttpContext()), reason, etag);
}
