using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Mapping;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class ClientDirectoryService(Server.Directory.ClientDirectory directory, EncodedDirectoryResponses responses)
    : ClientDirectoryBase
{
    public override async Task<EncodedMessage> GetClient(GetClientRequest request, ServerCallContext context)
    {
        var client = await directory.GetAsync(request.ClientId, context.CancellationToken);
        return responses.Of(client, request.View);
    }

    public override async Task<EncodedMessage> AuthenticateClient(AuthenticateClientRequest request, ServerCallContext context)
    {
        var client = await directory.AuthenticateAsync(
            request.ClientId,
            new Secret(request.ClientSecret),
            request.TokenEndpointAuthMethod,
            context.CancellationToken);
        return responses.Of(client);
    }

    public override async Task<CheckRedirectUriResponse> CheckRedirectUri(CheckRedirectUriRequest request, ServerCallContext context)
    {
        var chosen = await directory.ChooseRedirectUriAsync(
            request.ClientId, request.HasRedirectUri ? request.RedirectUri : null, context.CancellationToken);
        return new CheckRedirectUriResponse { Allowed = chosen is not null, RedirectUri = chosen ?? "" };
    }
}
