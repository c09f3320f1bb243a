using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Rules;
using GrpcDcr.V1;
using ClientState = GrpcDcr.Server.Model.ClientState;

namespace GrpcDcr.Server.Wire.Mapping;

/// <summary>Clients as the wire shows them.</summary>
internal static class ClientMapping
{
    /// <summary>The client for an authorization server: the version in force, without what only operators see.</summary>
    public static Client ToDirectoryClient(this RegisteredClient client)
    {
        var wire = ToWire(client);
        wire.State = client.IsUsable ? V1.ClientState.Active : (V1.ClientState)(int)client.State;
        wire.Metadata = client.Effective.ToWire();
        return wire;
    }

    /// <summary>The client for an operator, with what waits for approval.</summary>
    public static Client ToOperatorClient(this RegisteredClient client)
    {
        var wire = ToWire(client);
        wire.AdmittedBy = client.AdmittedBy;
        if (client.StateReason is { } reason)
        {
            wire.StateReason = reason;
        }

        if (client.SourceAddress is { } address)
        {
            wire.SourceAddress = address;
        }

        if (client.AdmittedWith is { } token)
        {
            wire.InitialAccessTokenId = token.ToString();
        }

        if (client.InForce is { } inForce)
        {
            wire.InForce = inForce.ToWire();
            wire.Changes.AddRange(MetadataMembers.Differences(inForce, client.Metadata).Select(PreviewMapping.ToWire));
        }

        return wire;
    }

    private static Client ToWire(RegisteredClient client)
    {
        var wire = new Client
        {
            ClientId = client.Id.ToString(),
            State = (V1.ClientState)(int)client.State,
            Metadata = client.Metadata.ToWire(),
            IssueTime = Timestamp.FromDateTimeOffset(client.IssuedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(client.UpdatedAt),
            SecretExpireTime = client.Secret?.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            HasSecret = client.Secret is not null,
            SelfAsserted = client.StatementIssuer is null,
            Etag = Etag.Of(client),
        };
        if (client.StatementIssuer is { } issuer)
        {
            wire.StatementIssuer = issuer;
        }

        if (client.Ceiling?.Owner is { } owner)
        {
            wire.Owner = owner;
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
