using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Validation;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>
/// The client information response (RFC 7591 section 3.2.1, RFC 7592 section 3): the only place where credentials are sent with their
/// client.
/// </summary>
internal sealed class ClientInformationMapping(IPublicOrigin origin)
{
    public ClientInformation ToMessage(IssuedClient issued)
    {
        var information = WithoutMetadata(issued);
        information.Metadata = issued.Client.Latest.ToMessage();
        return information;
    }

    public ClientInformation WithoutMetadata(IssuedClient issued)
    {
        var client = issued.Client;
        var id = client.Id.ToString();
        var information = new ClientInformation
        {
            ClientId = id,
            ClientIdIssuedAt = client.IssuedAt.ToUnixTimeSeconds(),
            RegistrationAccessToken = issued.RegistrationAccessToken.Reveal(),
            RegistrationClientUri = PublicPaths.ClientConfiguration(origin, id),
            ClientStatus = ClientStates.NameOf(client.State),
            PendingUpdate = PendingUpdateOf(issued),
        };
        if (client.PublicReason is { } reason)
        {
            information.PublicReason = reason;
        }

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

    private static PendingUpdateInformation? PendingUpdateOf(IssuedClient issued) =>
        issued.Client.PendingUpdate is not { } pending ? null : new()
        {
            RequestedAt = pending.RequestedAt.ToUnixTimeSeconds(),
            Waiting = { MemberDifference.Between(issued.Client.Metadata, pending.Metadata).Select(WaitingOf) },
            Applied = { issued.Applied.Select(PreviewMapping.ToMessage) },
        };

    private static WaitingChange WaitingOf(MemberDifference change)
    {
        var waiting = new WaitingChange { Member = change.Member, Reason = WideningReasons.Of(change.Member) };
        if (change.Before is { } effective)
        {
            waiting.Effective = effective;
        }

        if (change.After is { } requested)
        {
            waiting.Requested = requested;
        }

        return waiting;
    }
}
