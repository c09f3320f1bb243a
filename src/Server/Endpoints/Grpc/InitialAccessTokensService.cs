using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class InitialAccessTokensService(
    IRegistrationStore store, Administration.InitialAccessTokens tokens, TimeProvider time)
    : InitialAccessTokens.InitialAccessTokensBase
{
    public override async Task<IssueInitialAccessTokenResponse> IssueInitialAccessToken(
        IssueInitialAccessTokenRequest request, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext(), request.Reason, requestId: request.RequestId);
        var issued = await tokens.IssueAsync(request.ToModel(), act, context.CancellationToken);
        return new IssueInitialAccessTokenResponse
        {
            Token = issued.Text.Reveal(),
            InitialAccessToken = issued.Token.ToMessage(time.GetUtcNow()),
        };
    }

    public override async Task<GetInitialAccessTokenResponse> GetInitialAccessToken(
        GetInitialAccessTokenRequest request, ServerCallContext context)
    {
        var token = await tokens.GetAsync(request.InitialAccessTokenId, context.CancellationToken);
        return new GetInitialAccessTokenResponse { InitialAccessToken = token.ToMessage(time.GetUtcNow()) };
    }

    public override async Task<ListInitialAccessTokensResponse> ListInitialAccessTokens(
        ListInitialAccessTokensRequest request, ServerCallContext context)
    {
        var page = await store.ListInitialAccessTokensAsync(request.ToTokenPageRequest(), context.CancellationToken);
        return new ListInitialAccessTokensResponse
        {
            InitialAccessTokens = { page.Items.Select(token => token.ToMessage(time.GetUtcNow())) },
            NextPageToken = page.NextToken.ToPageToken(request),
        };
    }

    public override async Task<RevokeInitialAccessTokenResponse> RevokeInitialAccessToken(
        RevokeInitialAccessTokenRequest request, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext(), request.Reason);
        var revoked = await tokens.RevokeAsync(request.InitialAccessTokenId, act, context.CancellationToken);
        return new RevokeInitialAccessTokenResponse { InitialAccessToken = revoked.ToMessage(time.GetUtcNow()) };
    }
}
