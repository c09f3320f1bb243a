using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;
using GrpcDcr.V1;
using ClientState = GrpcDcr.Server.Model.ClientState;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Clients as the wire shows them.</summary>
internal static class ClientMapping
{
    /// <summary>The client for an authorization server: the version in force, without what only administrators see.</summary>
    public static Client ToDirectoryClient(this RegisteredClient client)
    {
        var wire = ToMessage(client);
        wire.State = client.IsUsable ? V1.ClientState.Active : (V1.ClientState)(int)client.State;
        wire.Metadata = client.Effective.ToMessage();
        return wire;
    }

    /// <summary>The client for an administrator, with what waits for approval.</summary>
    public static Client ToAdminClient(this RegisteredClient client)
    {
        var wire = ToMessage(client);
        wire.AdmittedBy = client.AdmittedBy;
        if (client.StateReason is { } reason)
        {
            wire.StateReason = reason;
        }

        if (client.SourceAddress is { } address)
        {
            wire.SourceAddress = address;
        }

        if (client.InitialAccessTokenId is { } token)
        {
            wire.InitialAccessTokenId = token.ToString();
        }

        if (client.ApprovedMetadata is { } inForce)
        {
            wire.InForce = inForce.ToMessage();
            wire.Changes.AddRange(MemberDifference.Between(inForce, client.Metadata).Select(PreviewMapping.ToMessage));
        }

        return wire;
    }

    private static Client ToMessage(RegisteredClient client)
    {
        var wire = new Client
        {
            ClientId = client.Id.ToString(),
            State = (V1.ClientState)(int)client.State,
            Metadata = client.Metadata.ToMessage(),
            IssueTime = Timestamp.FromDateTimeOffset(client.IssuedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(client.UpdatedAt),
            SecretExpireTime = client.Secret?.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            HasSecret = client.Secret is not null,
            SelfAsserted = client.SoftwareStatementIssuer is null,
            Etag = Etag.Of(client),
        };
        if (client.SoftwareStatementIssuer is { } issuer)
        {
            wire.StatementIssuer = issuer;
        }

        if (client.Constraints?.Owner is { } owner)
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
