using System.Diagnostics;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Model;
using GrpcDcr.V1;
using AuditEvent = GrpcDcr.Admin.V1.AuditEvent;
using ClientState = GrpcDcr.V1.ClientState;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>The details of audit events as messages.</summary>
internal static class AuditDetailMapping
{
    public static void Set(AuditDetail? detail, AuditEvent message)
    {
        switch (detail)
        {
            case null:
                break;
            case AuditDetail.ClientRegistered registered:
                message.ClientRegistered = Of(registered);
                break;
            case AuditDetail.ClientUpdated updated:
                message.ClientUpdated = Of(updated);
                break;
            case AuditDetail.RegistrationRefused refused:
                message.RegistrationRefused = Of(refused);
                break;
            case AuditDetail.OfInitialAccessToken token:
                message.InitialAccessToken = Of(token);
                break;
            case AuditDetail.StorageBackedUp backedUp:
                message.StorageBackedUp = new StorageBackedUpDetail { Name = backedUp.Name };
                break;
            case AuditDetail.OfBlockRule blocked:
                message.BlockRule = blocked.Rule.ToMessage();
                break;
            case AuditDetail.ClientNote note:
                message.ClientNote = new ClientNoteDetail { Text = note.Text };
                break;
            default:
                throw new UnreachableException($"{detail.GetType().Name} has no message.");
        }
    }

    private static ClientRegisteredDetail Of(AuditDetail.ClientRegistered detail)
    {
        var message = new ClientRegisteredDetail
        {
            State = (ClientState)(int)detail.State,
            Admission = AdmissionMapping.ToMessage(detail.Admission),
            OmittedMembers = detail.Members.Omitted,
        };
        Add(detail.Members, message.Members);
        if (detail.InitialAccessTokenId is { } token)
        {
            message.InitialAccessTokenId = token.ToString();
        }

        if (detail.StatementIssuer is { } issuer)
        {
            message.StatementIssuer = issuer;
        }

        if (detail.Owner is { } owner)
        {
            message.Owner = owner;
        }

        return message;
    }

    private static ClientUpdatedDetail Of(AuditDetail.ClientUpdated detail)
    {
        var message = new ClientUpdatedDetail
        {
            State = (ClientState)(int)detail.State,
            AwaitingApproval = detail.AwaitingApproval,
            OmittedMembers = detail.Members.Omitted,
        };
        Add(detail.Members, message.Members);
        return message;
    }

    private static RegistrationRefusedDetail Of(AuditDetail.RegistrationRefused detail)
    {
        var message = new RegistrationRefusedDetail { Reason = detail.Reason, Count = detail.Count };
        if (detail.OAuthError is { } error)
        {
            message.OauthError = error;
        }

        if (detail.Member is { } member)
        {
            message.Member = member;
        }

        return message;
    }

    private static InitialAccessTokenDetail Of(AuditDetail.OfInitialAccessToken detail)
    {
        var message = new InitialAccessTokenDetail
        {
            InitialAccessTokenId = detail.Id.ToString(),
            ExpireTime = detail.ExpiresAt is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
            Constraints = detail.Constraints.ToMessage(),
        };
        if (detail.Label is { } label)
        {
            message.Label = label;
        }

        if (detail.MaxUses is { } most)
        {
            message.MaxUses = most;
        }

        return message;
    }

    private static void Add(AuditedMembers members, RepeatedField<MetadataChange> messages)
    {
        foreach (var member in members.Members)
        {
            var message = new MetadataChange { Member = member.Name, Truncated = member.Truncated };
            if (member.Before is { } before)
            {
                message.Before = before;
            }

            if (member.After is { } after)
            {
                message.After = after;
            }

            messages.Add(message);
        }
    }
}
