using Grpc.Core;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class ClientDirectoryService(Directory.ClientDirectory directory, EncodedDirectoryResponses answers)
    : V1.ClientDirectory.ClientDirectoryBase
{
    public override async Task<GetClientResponse> GetClient(GetClientRequest request, ServerCallContext context)
    {
        var client = await directory.GetAsync(request.ClientId, context.CancellationToken);
        return answers.Get(client);
    }

    public override async Task<AuthenticateClientResponse> AuthenticateClient(
        AuthenticateClientRequest request, ServerCallContext context)
    {
        var client = await directory.AuthenticateAsync(
            request.ClientId,
            request.ClientSecret,
            request.HasTokenEndpointAuthMethod ? request.TokenEndpointAuthMethod : null,
            context.CancellationToken);
        return answers.Authenticated(client);
    }

    public override async Task<RevealClientSecretResponse> RevealClientSecret(
        RevealClientSecretRequest request, ServerCallContext context)
    {
        var secrets = await directory.RevealSecretsAsync(request.ClientId, context.CancellationToken);
        return new RevealClientSecretResponse { ClientSecrets = { secrets.Select(secret => secret.Reveal()) } };
    }

    public override async Task<CheckRedirectUriResponse> CheckRedirectUri(CheckRedirectUriRequest request, ServerCallContext context)
    {
        var chosen = await directory.ChooseRedirectUriAsync(
            request.ClientId, request.HasRedirectUri ? request.RedirectUri : null, context.CancellationToken);
        return new CheckRedirectUriResponse { Allowed = chosen is not null, RedirectUri = chosen ?? "" };
    }
}
