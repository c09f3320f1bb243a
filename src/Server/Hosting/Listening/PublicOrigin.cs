using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary><c>PublicBaseUrl</c>, or else the bound address of the public listener; known after the server has started.</summary>
internal sealed class PublicOrigin(ServerSettings settings, Listeners listeners) : IPublicOrigin
{
    private string? _known = settings.PublicBaseUrl;

    public string Value => _known ??= listeners.AddressOf(Listener.Public);
}
