using System.Diagnostics;
using Google.Protobuf.Collections;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The detail of an audit event to and from the fields of its stored message.</summary>
internal static class AuditDetailRecord
{
    public static void Write(RecordWriter record, AuditDetail? detail)
    {
        switch (detail)
        {
            case null:
                break;
            case AuditDetail.ClientRegistered registered:
                record.Message(StoredAuditEvent.ClientRegisteredFieldNumber, registered, Write);
                break;
            case AuditDetail.ClientUpdated updated:
                record.Message(StoredAuditEvent.ClientUpdatedFieldNumber, updated, Write);
                break;
            case AuditDetail.RegistrationRefused refused:
                record.Message(StoredAuditEvent.RegistrationRefusedFieldNumber, refused, Write);
                break;
            case AuditDetail.OfInitialAccessToken token:
                record.Message(StoredAuditEvent.InitialAccessTokenFieldNumber, token, Write);
                break;
            case AuditDetail.StorageBackedUp backedUp:
                record.Text(StoredAuditEvent.BackupNameFieldNumber, backedUp.Name);
                break;
            case AuditDetail.OfBlockRule blocked:
                record.Message(StoredAuditEvent.BlockRuleFieldNumber, blocked.Rule, BlockRuleRecord.Write);
                break;
            case AuditDetail.ClientNote note:
                record.Text(StoredAuditEvent.ClientNoteFieldNumber, note.Text);
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

    private static void Write(RecordWriter record, AuditDetail.ClientRegistered detail)
    {
        record.Number(StoredClientRegistered.StateFieldNumber, (long)detail.State);
        record.Text(StoredClientRegistered.AdmissionFieldNumber, detail.Admission);
        record.Identifier(StoredClientRegistered.InitialAccessTokenIdFieldNumber, detail.InitialAccessTokenId?.Value);
        record.Text(StoredClientRegistered.StatementIssuerFieldNumber, detail.StatementIssuer);
        record.Text(StoredClientRegistered.OwnerFieldNumber, detail.Owner);
        record.Messages(StoredClientRegistered.MembersFieldNumber, detail.Members.Members, Write);
        record.Number(StoredClientRegistered.OmittedFieldNumber, detail.Members.Omitted);
    }

    private static void Write(RecordWriter record, AuditDetail.ClientUpdated detail)
    {
        record.Number(StoredClientUpdated.StateFieldNumber, (long)detail.State);
        record.Number(StoredClientUpdated.AwaitingApprovalFieldNumber, detail.AwaitingApproval ? 1 : 0);
        record.Messages(StoredClientUpdated.MembersFieldNumber, detail.Members.Members, Write);
        record.Number(StoredClientUpdated.OmittedFieldNumber, detail.Members.Omitted);
    }

    private static void Write(RecordWriter record, AuditDetail.RegistrationRefused detail)
    {
        record.Text(StoredRegistrationRefused.ReasonFieldNumber, detail.Reason);
        record.Text(StoredRegistrationRefused.OauthErrorFieldNumber, detail.OAuthError);
        record.Text(StoredRegistrationRefused.MemberFieldNumber, detail.Member);
        record.Number(StoredRegistrationRefused.CountFieldNumber, detail.Count);
    }

    private static void Write(RecordWriter record, AuditDetail.OfInitialAccessToken detail)
    {
        record.Identifier(StoredTokenDetail.IdFieldNumber, detail.Id.Value);
        record.Text(StoredTokenDetail.LabelFieldNumber, detail.Label);
        record.Number(StoredTokenDetail.ExpiresAtFieldNumber, detail.ExpiresAt?.ToUnixTimeMilliseconds());
        record.Number(StoredTokenDetail.MaxUsesFieldNumber, detail.MaxUses);
        record.Message(StoredTokenDetail.ConstraintsFieldNumber, detail.Constraints, ConstraintsRecord.Write);
    }

    private static void Write(RecordWriter record, AuditedMember member)
    {
        record.Text(StoredMember.NameFieldNumber, member.Name);
        record.Text(StoredMember.BeforeFieldNumber, member.Before);
        record.Text(StoredMember.AfterFieldNumber, member.After);
        record.Number(StoredMember.TruncatedFieldNumber, member.Truncated ? 1 : 0);
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
