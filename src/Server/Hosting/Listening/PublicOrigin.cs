using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Wire.Discovery;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary><c>PublicBaseUrl</c>, or else the address the public door is bound to; known once the server listens.</summary>
internal sealed class PublicOrigin(ServerSettings settings, IServer server) : IPublicOrigin
{
    private string? known = settings.PublicBaseUrl;

    public string Value => known ??= BoundAddresses(server)[0];

    /// <summary>The addresses of the doors in their order: public, inner, operator.</summary>
    public static IReadOnlyList<string> BoundAddresses(IServer server) =>
        [.. server.Features.Get<IServerAddressesFeature>()!.Addresses];
}
