using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Hosting.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary><c>PublicBaseUrl</c>, or else the address the public listener is bound to; known once the server listens.</summary>
internal sealed class PublicOrigin(ServerSettings settings, IServer server) : IPublicOrigin
{
    private string? _known = settings.PublicBaseUrl;

    public string Value => _known ??= BoundAddresses(server)[0];

    /// <summary>The addresses of the listeners in their order: public, inner, administrator.</summary>
    public static IReadOnlyList<string> BoundAddresses(IServer server) =>
        [.. server.Features.Get<IServerAddressesFeature>()!.Addresses];
}
