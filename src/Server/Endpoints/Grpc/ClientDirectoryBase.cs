using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.Server.Endpoints.Mapping;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <summary>
/// ClientDirectory as <see cref="ClientDirectoryBinding"/> binds it: like the generated base class, but with responses that are already
/// encoded.
/// </summary>
[BindServiceMethod(typeof(ClientDirectoryBinding), nameof(ClientDirectoryBinding.BindService))]
internal abstract class ClientDirectoryBase
{
    public abstract Task<EncodedMessage> GetClient(GetClientRequest request, ServerCallContext context);

    public abstract Task<EncodedMessage> AuthenticateClient(AuthenticateClientRequest request, ServerCallContext context);

    public abstract Task<CheckRedirectUriResponse> CheckRedirectUri(CheckRedirectUriRequest request, ServerCallContext context);
}
