using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.V1;
using ClientState = GrpcDcr.Server.Model.ClientState;

namespace GrpcDcr.Server.Wire.Mapping;

/// <summary>Clients as the wire shows them.</summary>
internal static class ClientMapping
{
    /// <summary>The answer to a registration: the one place where a secret leaves with its client.</summary>
    public static ClientInformation ToClientInformation(this IssuedClient issued)
    {
        var client = issued.Client;
        var information = new ClientInformation
        {
            ClientId = client.Id.ToString(),
            ClientIdIssuedAt = client.IssuedAt.ToUnixTimeSeconds(),
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

    /// <summary>The client for an authorization server: without what only operators see.</summary>
    public static Client ToDirectoryClient(this RegisteredClient client) => new()
    {
        ClientId = client.Id.ToString(),
        State = (V1.ClientState)(int)client.State,
        Metadata = client.Metadata.ToWire(),
        IssueTime = Timestamp.FromDateTimeOffset(client.IssuedAt),
        UpdateTime = Timestamp.FromDateTimeOffset(client.UpdatedAt),
        SecretExpireTime = client.Secret?.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
        HasSecret = client.Secret is not null,
        SelfAsserted = true,
        Etag = Etag.Of(client),
    };

    /// <summary>The client for an operator.</summary>
    public static Client ToOperatorClient(this RegisteredClient client)
    {
        var wire = client.ToDirectoryClient();
        wire.AdmittedBy = client.AdmittedBy;
        if (client.StateReason is { } reason)
        {
            wire.StateReason = reason;
        }

        if (client.SourceAddress is { } address)
        {
            wire.SourceAddress = address;
        }

        return wire;
    }

    /// <summary>The state of a filter: unspecified means any.</summary>
    /// <exception cref="RegistrationRefusedException">No state of ours.</exception>
    public static ClientState? ToFilter(this V1.ClientState state) => state switch
    {
        V1.ClientState.Unspecified => null,
        _ when System.Enum.IsDefined((ClientState)(int)state) => (ClientState)(int)state,
        _ => throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
            "state", "The state is none of PENDING, ACTIVE, SUSPENDED, REJECTED.")),
    };
}
