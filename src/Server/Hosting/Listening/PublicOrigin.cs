using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary><c>PublicBaseUrl</c>, or else the address the public listener is bound to; known once the server listens.</summary>
internal sealed class PublicOrigin(ServerSettings settings, Listeners listeners) : IPublicOrigin
{
    private string? _known = settings.PublicBaseUrl;

    public string Value => _known ??= listeners.AddressOf(Listener.Public);
}
