using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Clients as administrators see them.</summary>
internal static class AdminClientMapping
{
    /// <param name="client">The client.</param>
    /// <param name="approvalsNeeded">How many administrators must approve it.</param>
    /// <param name="resemblances">The clients that it resembles; <see langword="null"/> if that was not asked.</param>
    public static Client ToAdminClient(
        this RegisteredClient client, int approvalsNeeded, IReadOnlyList<Administration.Resemblance>? resemblances = null)
    {
        var message = new Client
        {
            ClientId = client.Id.ToString(),
            State = (V1.ClientState)(int)client.State,
            Metadata = client.Metadata.ToMessage(),
            PendingUpdate = PendingUpdateOf(client),
            Revision = client.Revision,
            Etag = Etag.Of(client),
            IssueTime = Timestamp.FromDateTimeOffset(client.IssuedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(client.UpdatedAt),
            HasSecret = client.Secret is not null,
            SecretExpireTime = client.Secret?.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            SelfAsserted = client.SoftwareStatementIssuer is null,
            Admission = AdmissionMapping.ToMessage(client.AdmittedBy),
            Approvals = { client.Approvals.Select(ToMessage) },
            ApprovalsNeeded = approvalsNeeded,
            Annotations = { client.Annotations },
            Resemblances = { (resemblances ?? []).Select(BlockRuleMapping.ToMessage) },
        };
        Set(client, message);
        return message;
    }

    public static CountClientsResponse ToMessage(this ClientCounts counts) => new()
    {
        Pending = counts.Of(ClientState.Pending),
        Active = counts.Of(ClientState.Active),
        Suspended = counts.Of(ClientState.Suspended),
        Rejected = counts.Of(ClientState.Rejected),
        PendingUpdates = counts.PendingUpdates,
        AwaitingApproval = counts.AwaitingApproval,
        OldestPendingIssueTime = counts.OldestPending is { } oldest ? Timestamp.FromDateTimeOffset(oldest) : null,
    };

    private static Admin.V1.Approval ToMessage(Model.Approval approval)
    {
        var message = new Admin.V1.Approval { Actor = approval.Actor.ToMessage(), Time = Timestamp.FromDateTimeOffset(approval.Time) };
        if (approval.Reason is { } reason)
        {
            message.Reason = reason;
        }

        return message;
    }

    private static void Set(RegisteredClient client, Client message)
    {
        if (client.StateReason is { } reason)
        {
            message.StateReason = reason;
        }

        if (client.PublicReason is { } publicReason)
        {
            message.PublicReason = publicReason;
        }

        if (client.SoftwareStatementIssuer is { } issuer)
        {
            message.StatementIssuer = issuer;
        }

        if (client.Constraints?.Owner is { } owner)
        {
            message.Owner = owner;
        }

        if (client.InitialAccessTokenId is { } token)
        {
            message.InitialAccessTokenId = token.ToString();
        }

        if (client.SourceAddress is { } address)
        {
            message.SourceAddress = address;
        }
    }

    private static Admin.V1.PendingUpdate? PendingUpdateOf(RegisteredClient client) =>
        client.PendingUpdate is not { } pending ? null : new()
        {
            Metadata = pending.Metadata.ToMessage(),
            Changes = { MemberDifference.Between(client.Metadata, pending.Metadata).Select(PreviewMapping.ToMessage) },
            RequestTime = Timestamp.FromDateTimeOffset(pending.RequestedAt),
        };
}
