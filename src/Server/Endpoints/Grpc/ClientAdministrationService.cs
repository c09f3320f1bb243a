using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed partial class ClientAdministrationService(
    IRegistrationStore store,
    ClientLifecycle lifecycle,
    ClientApprovals approvals,
    RegistrationPreviews previews,
    ClientCreation creation,
    ClientEditing editing,
    ClientBatches batches,
    ClientNotes notes,
    ClientSuspension suspension,
    Resemblances resemblances,
    IPublicOrigin origin)
    : ClientAdministration.ClientAdministrationBase
{
    public override async Task<ListClientsResponse> ListClients(ListClientsRequest request, ServerCallContext context)
    {
        var page = await store.ListAsync(
            ClientFilterMapping.ToModel(request.Filter), request.ToClientPageRequest(), context.CancellationToken);
        var response = new ListClientsResponse { NextPageToken = page.NextToken.ToPageToken(request) };
        foreach (var client in page.Items)
        {
            response.Clients.Add(Seen(client, await resemblances.OfAsync(client, context.CancellationToken)));
        }

        return response;
    }

    public override async Task<CountClientsResponse> CountClients(CountClientsRequest request, ServerCallContext context) =>
        (await store.CountAsync(context.CancellationToken)).ToMessage();

    public override async Task<GetClientResponse> GetClient(GetClientRequest request, ServerCallContext context)
    {
        var client = await lifecycle.GetAsync(request.ClientId, context.CancellationToken);
        var similar = await resemblances.OfAsync(client, context.CancellationToken);
        return new GetClientResponse { Client = Seen(client, similar) };
    }

    public override async Task<CreateClientResponse> CreateClient(CreateClientRequest request, ServerCallContext context)
    {
        var issued = await creation.CreateAsync(
            request.Metadata.ToModel(UnreadableIn(context)),
            request.Owner.Length == 0 ? null : request.Owner,
            ActOf(context, request.Reason, etag: "", requestId: request.RequestId),
            context.CancellationToken);
        var response = new CreateClientResponse
        {
            Client = Seen(issued.Client),
            RegistrationAccessToken = issued.RegistrationAccessToken.Reveal(),
            RegistrationClientUri = PublicPaths.ClientConfiguration(origin, issued.Client.Id.ToString()),
        };
        if (issued.Secret is { } secret)
        {
            response.ClientSecret = secret.Reveal();
        }

        return response;
    }

    public override async Task<UpdateClientResponse> UpdateClient(UpdateClientRequest request, ServerCallContext context)
    {
        var edited = await editing.UpdateAsync(
            request.ClientId,
            (IReadOnlyList<string>?)request.UpdateMask?.Paths ?? [],
            request.Metadata.ToModel(UnreadableIn(context)),
            ActOf(context, request.Reason, request.Etag),
            context.CancellationToken);
        var response = new UpdateClientResponse { Client = Seen(edited.Client) };
        if (edited.Secret is { } secret)
        {
            response.ClientSecret = secret.Reveal();
        }

        return response;
    }

    public override async Task<UpdateClientAnnotationsResponse> UpdateClientAnnotations(
        UpdateClientAnnotationsRequest request, ServerCallContext context)
    {
        var annotated = await lifecycle.AnnotateAsync(
            request.ClientId,
            new AnnotationChange(new Dictionary<string, string>(request.Set, StringComparer.Ordinal), request.Remove),
            ActOf(context, request.Reason, request.Etag),
            context.CancellationToken);
        return new UpdateClientAnnotationsResponse { Client = Seen(annotated) };
    }

    public override async Task<AddClientNoteResponse> AddClientNote(AddClientNoteRequest request, ServerCallContext context)
    {
        await notes.AddAsync(request.ClientId, request.Text, ActOf(context, reason: "", etag: ""), context.CancellationToken);
        return new AddClientNoteResponse();
    }

    public override async Task<ApproveClientResponse> ApproveClient(ApproveClientRequest request, ServerCallContext context)
    {
        var act = ActOf(context, request.Reason, request.Etag);
        return new() { Client = await TransitAsync(ClientTransition.Approve, request.ClientId, act, context) };
    }

    public override async Task<RejectClientResponse> RejectClient(RejectClientRequest request, ServerCallContext context)
    {
        var act = ActOf(context, request.Reason, request.Etag, request.PublicReason);
        return new() { Client = await TransitAsync(ClientTransition.Reject, request.ClientId, act, context) };
    }

    public override async Task<SuspendClientResponse> SuspendClient(SuspendClientRequest request, ServerCallContext context)
    {
        var suspended = await suspension.SuspendAsync(
            request.ClientId,
            [.. request.Block.Select(BlockRuleMapping.ToModel)],
            ActOf(context, request.Reason, request.Etag, request.PublicReason),
            context.CancellationToken);
        return new() { Client = Seen(suspended) };
    }

    public override async Task<ReinstateClientResponse> ReinstateClient(ReinstateClientRequest request, ServerCallContext context)
    {
        var act = ActOf(context, request.Reason, request.Etag);
        return new() { Client = await TransitAsync(ClientTransition.Reinstate, request.ClientId, act, context) };
    }

    public override async Task<DeleteClientResponse> DeleteClient(DeleteClientRequest request, ServerCallContext context)
    {
        await lifecycle.DeleteAsync(request.ClientId, ActOf(context, request.Reason, request.Etag), context.CancellationToken);
        return new DeleteClientResponse();
    }

    public override async Task<RotateClientSecretResponse> RotateClientSecret(RotateClientSecretRequest request, ServerCallContext context)
    {
        var rotated = await lifecycle.RotateSecretAsync(
            request.ClientId,
            ActOf(context, request.Reason, request.Etag, requestId: request.RequestId),
            context.CancellationToken);
        return new RotateClientSecretResponse
        {
            ClientSecret = rotated.Secret.Reveal(),
            ClientSecretExpireTime = rotated.Client.Secret!.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            Client = Seen(rotated.Client),
        };
    }

    public override async Task<ReissueRegistrationAccessTokenResponse> ReissueRegistrationAccessToken(
        ReissueRegistrationAccessTokenRequest request, ServerCallContext context)
    {
        var reissued = await lifecycle.ReissueRegistrationAccessTokenAsync(
            request.ClientId,
            ActOf(context, request.Reason, request.Etag, requestId: request.RequestId),
            context.CancellationToken);
        return new ReissueRegistrationAccessTokenResponse
        {
            RegistrationAccessToken = reissued.RegistrationAccessToken.Reveal(),
            RegistrationClientUri = PublicPaths.ClientConfiguration(origin, reissued.Client.Id.ToString()),
            Client = Seen(reissued.Client),
        };
    }

    public override async Task<PreviewRegistrationResponse> PreviewRegistration(
        PreviewRegistrationRequest request, ServerCallContext context)
    {
        var admission = await previews.AdmissionOfAsync(
            request.InitialAccessTokenId, request.WithStaticToken, context.CancellationToken);
        var asked = request.Metadata.ToModel(UnreadableIn(context));
        var preview = await previews.PreviewAsync(asked, admission, context.CancellationToken);
        return new PreviewRegistrationResponse { Preview = preview.ToMessage() };
    }

    private static IReadOnlyList<Syntax.Violation>? UnreadableIn(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<UnreadableMembers>()?.Violations;

    private async Task<Client> TransitAsync(ClientTransition transition, string clientId, ActRequest act, ServerCallContext context)
    {
        var after = await lifecycle.TransitionAsync(transition, clientId, act, context.CancellationToken);
        return Seen(after);
    }

    private Client Seen(RegisteredClient client, IReadOnlyList<Administration.Resemblance>? similar = null) =>
        client.ToAdminClient(approvals.NeededFor(client), similar);

    private static ActRequest ActOf(
        ServerCallContext context, string reason, string etag, string publicReason = "", string requestId = "") =>
        CallOrigin.ActOf(context.GetHttpContext(), reason, publicReason, etag, requestId);
}
