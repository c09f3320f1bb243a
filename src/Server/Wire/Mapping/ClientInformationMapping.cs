using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Wire.Discovery;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Wire.Mapping;

/// <summary>The client information response (RFC 7591 section 3.2.1, RFC 7592 section 3): the one place where credentials leave with their client.</summary>
internal sealed class ClientInformationMapping(IPublicOrigin origin)
{
    public ClientInformation ToWire(IssuedClient issued)
    {
        var client = issued.Client;
        var id = client.Id.ToString();
        var information = new ClientInformation
        {
            ClientId = id,
            ClientIdIssuedAt = client.IssuedAt.ToUnixTimeSeconds(),
            RegistrationAccessToken = issued.Token.Reveal(),
            RegistrationClientUri = PublicPaths.ClientConfiguration(origin, id),
            ClientStatus = ClientStates.WireNameOf(client.State),
            Metadata = client.Metadata.ToWire(),
        };
        if (issued.Secret is { } secret)
        {
            information.ClientSecret = secret.Reveal();
        }

        if (client.Secret is { } kept)
        {
            information.ClientSecretExpiresAt = kept.ExpiresAt?.ToUnixTimeSeconds() ?? 0;
        }

        return information;
    }
}
