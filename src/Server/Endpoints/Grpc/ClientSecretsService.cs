using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Directory;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class ClientSecretsService(ClientSecretReveals reveals) : ClientSecrets.ClientSecretsBase
{
    public override async Task<RevealClientSecretResponse> RevealClientSecret(RevealClientSecretRequest request, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext());
        var secrets = await reveals.RevealAsync(request.ClientId, act, context.CancellationToken);
        return new RevealClientSecretResponse { ClientSecrets = { secrets.Select(secret => secret.Reveal()) } };
    }
}
