using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Endpoints.Mapping;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// ClientDirectory, bound by <see cref="ClientDirectoryBinding"/>: the service of the generated base, but for responses that are encoded
/// already.
/// </summary>
[BindServiceMethod(typeof(ClientDirectoryBinding), nameof(ClientDirectoryBinding.BindService))]
internal sealed class ClientDirectoryService(Server.Directory.ClientDirectory directory, EncodedDirectoryResponses responses)
{
    public async Task<EncodedMessage> GetClient(GetClientRequest request, ServerCallContext context)
    {
        var client = await directory.GetAsync(request.ClientId, context.CancellationToken);
        return responses.Of(client, request.View);
    }

    public async Task<EncodedMessage> AuthenticateClient(AuthenticateClientRequest request, ServerCallContext context)
    {
        var client = await directory.AuthenticateAsync(
            request.ClientId,
            request.ClientSecret,
            request.HasTokenEndpointAuthMethod ? request.TokenEndpointAuthMethod : null,
            context.CancellationToken);
        return responses.Of(client);
    }

    public async Task<CheckRedirectUriResponse> CheckRedirectUri(CheckRedirectUriRequest request, ServerCallContext context)
    {
        var chosen = await directory.ChooseRedirectUriAsync(
            request.ClientId, request.HasRedirectUri ? request.RedirectUri : null, context.CancellationToken);
        return new CheckRedirectUriResponse { Allowed = chosen is not null, RedirectUri = chosen ?? "" };
    }
}
