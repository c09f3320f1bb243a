using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Collections;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The detail of an audit event to and from the fields of its stored message.</summary>
internal static class AuditDetailRecord
{
    public static void Write(AuditDetail? detail, StoredAuditEvent stored)
    {
        switch (detail)
        {
            case null:
                break;
            case AuditDetail.ClientRegistered registered:
                stored.ClientRegistered = ToStored(registered);
                break;
            case AuditDetail.ClientUpdated updated:
                stored.ClientUpdated = ToStored(updated);
                break;
            case AuditDetail.RegistrationRefused refused:
                stored.RegistrationRefused = ToStored(refused);
                break;
            case AuditDetail.OfInitialAccessToken token:
                stored.InitialAccessToken = ToStored(token);
                break;
            case AuditDetail.StorageBackedUp backedUp:
                stored.BackupName = backedUp.Name;
                break;
            case AuditDetail.OfBlockRule blocked:
                stored.BlockRule = BlockRuleRecord.ToStored(blocked.Rule);
                break;
            case AuditDetail.ClientNote note:
                stored.ClientNote = note.Text;
                break;
            default:
                throw new UnreachableException($"{detail.GetType().Name} has no record.");
        }
    }

    public static AuditDetail? DetailOf(StoredAuditEvent stored) => stored.DetailCase switch
    {
        StoredAuditEvent.DetailOneofCase.None => null,
        StoredAuditEvent.DetailOneofCase.ClientRegistered => ToModel(stored.ClientRegistered),
        StoredAuditEvent.DetailOneofCase.ClientUpdated => new AuditDetail.ClientUpdated(
            (ClientState)stored.ClientUpdated.State,
            stored.ClientUpdated.AwaitingApproval,
            ToModel(stored.ClientUpdated.Members, stored.ClientUpdated.Omitted)),
        StoredAuditEvent.DetailOneofCase.RegistrationRefused => ToModel(stored.RegistrationRefused),
        StoredAuditEvent.DetailOneofCase.InitialAccessToken => ToModel(stored.InitialAccessToken),
        StoredAuditEvent.DetailOneofCase.BackupName => new AuditDetail.StorageBackedUp(stored.BackupName),
        StoredAuditEvent.DetailOneofCase.BlockRule => new AuditDetail.OfBlockRule(BlockRuleRecord.ToModel(stored.BlockRule)),
        StoredAuditEvent.DetailOneofCase.ClientNote => new AuditDetail.ClientNote(stored.ClientNote),
        _ => throw new UnreachableException($"{stored.DetailCase} is no detail."),
    };

    private static StoredClientRegistered ToStored(AuditDetail.ClientRegistered detail)
    {
        var stored = new StoredClientRegistered
        {
            State = (int)detail.State,
            Admission = detail.Admission,
            Omitted = detail.Members.Omitted,
            Members = { detail.Members.Members.Select(ToStored) },
        };
        if (detail.InitialAccessTokenId is { } token)
        {
            stored.InitialAccessTokenId = ByteString.CopyFrom(token.ToBytes());
        }

        if (detail.StatementIssuer is { } issuer)
        {
            stored.StatementIssuer = issuer;
        }

        if (detail.Owner is { } owner)
        {
            stored.Owner = owner;
        }

        return stored;
    }

    private static StoredClientUpdated ToStored(AuditDetail.ClientUpdated detail) => new()
    {
        State = (int)detail.State,
        AwaitingApproval = detail.AwaitingApproval,
        Omitted = detail.Members.Omitted,
        Members = { detail.Members.Members.Select(ToStored) },
    };

    private static StoredRegistrationRefused ToStored(AuditDetail.RegistrationRefused detail)
    {
        var stored = new StoredRegistrationRefused { Reason = detail.Reason, Count = detail.Count };
        if (detail.OAuthError is { } error)
        {
            stored.OauthError = error;
        }

        if (detail.Member is { } member)
        {
            stored.Member = member;
        }

        return stored;
    }

    private static StoredTokenDetail ToStored(AuditDetail.OfInitialAccessToken detail)
    {
        var stored = new StoredTokenDetail
        {
            Id = ByteString.CopyFrom(detail.Id.ToBytes()),
            Constraints = ConstraintsRecord.ToStored(detail.Constraints),
        };
        if (detail.Label is { } label)
        {
            stored.Label = label;
        }

        if (detail.ExpiresAt is { } expiry)
        {
            stored.ExpiresAt = expiry.ToUnixTimeMilliseconds();
        }

        if (detail.MaxUses is { } most)
        {
            stored.MaxUses = most;
        }

        return stored;
    }

    private static StoredMember ToStored(AuditedMember member)
    {
        var stored = new StoredMember { Name = member.Name, Truncated = member.Truncated };
        if (member.Before is { } before)
        {
            stored.Before = before;
        }

        if (member.After is { } after)
        {
            stored.After = after;
        }

        return stored;
    }

    private static AuditDetail.ClientRegistered ToModel(StoredClientRegistered stored) => new(
        (ClientState)stored.State,
        stored.Admission,
        stored.HasInitialAccessTokenId ? InitialAccessTokenId.FromBytes(stored.InitialAccessTokenId.Span) : null,
        stored.HasStatementIssuer ? stored.StatementIssuer : null,
        stored.HasOwner ? stored.Owner : null,
        ToModel(stored.Members, stored.Omitted));

    private static AuditDetail.RegistrationRefused ToModel(StoredRegistrationRefused stored) => new(
        stored.Reason,
        stored.HasOauthError ? stored.OauthError : null,
        stored.HasMember ? stored.Member : null,
        stored.Count);

    private static AuditDetail.OfInitialAccessToken ToModel(StoredTokenDetail stored) => new(
        InitialAccessTokenId.FromBytes(stored.Id.Span),
        stored.HasLabel ? stored.Label : null,
        stored.HasExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ExpiresAt) : null,
        stored.HasMaxUses ? stored.MaxUses : null,
        ConstraintsRecord.ToModel(stored.Constraints ?? throw new ArgumentException("A token has constraints.")));

    private static AuditedMembers ToModel(RepeatedField<StoredMember> members, int omitted) => new(
        [
            .. members.Select(member => new AuditedMember(
                member.Name, member.HasBefore ? member.Before : null, member.HasAfter ? member.After : null, member.Truncated)),
        ],
        omitted);
}
