namespace GrpcDcr.Server.Model;

/// <summary>The type of an audit event. The numbers are stored and never change their meaning.</summary>
internal enum AuditEventType
{
    ClientRegistered = 1,
    RegistrationRefused,
    ClientApproved,
    ClientRejected,
    ClientSuspended,
    ClientReinstated,
    ClientDeleted,
    ClientSecretRotated,
    StorageBackedUp,
    ClientUpdated,
    ClientExpired,
    RegistrationAccessTokenRotated,
    InitialAccessTokenIssued,
    InitialAccessTokenRevoked,
    RegistrationClosed,
    RegistrationOpened,
    ClientSecretRevealed,
    RoleTokenRefused,
    RegistrationAccessTokenReissued,
    BlockRuleCreated,
    BlockRuleDeleted,
    ClientRequestRefused,
    ClientApprovalGiven,
    ClientCreated,
    ClientAnnotated,
    ClientNoteAdded,
}

/// <summary>The public names of the event types, such as <c>CLIENT_REGISTERED</c>.</summary>
internal static class AuditEventTypes
{
    private static readonly (AuditEventType Type, string Name)[] Names =
    [
        (AuditEventType.ClientRegistered, "CLIENT_REGISTERED"),
        (AuditEventType.RegistrationRefused, "REGISTRATION_REFUSED"),
        (AuditEventType.ClientApproved, "CLIENT_APPROVED"),
        (AuditEventType.ClientRejected, "CLIENT_REJECTED"),
        (AuditEventType.ClientSuspended, "CLIENT_SUSPENDED"),
        (AuditEventType.ClientReinstated, "CLIENT_REINSTATED"),
        (AuditEventType.ClientDeleted, "CLIENT_DELETED"),
        (AuditEventType.ClientSecretRotated, "CLIENT_SECRET_ROTATED"),
        (AuditEventType.StorageBackedUp, "STORAGE_BACKED_UP"),
        (AuditEventType.ClientUpdated, "CLIENT_UPDATED"),
        (AuditEventType.ClientExpired, "CLIENT_EXPIRED"),
        (AuditEventType.RegistrationAccessTokenRotated, "REGISTRATION_ACCESS_TOKEN_ROTATED"),
        (AuditEventType.InitialAccessTokenIssued, "INITIAL_ACCESS_TOKEN_ISSUED"),
        (AuditEventType.InitialAccessTokenRevoked, "INITIAL_ACCESS_TOKEN_REVOKED"),
        (AuditEventType.RegistrationClosed, "REGISTRATION_CLOSED"),
        (AuditEventType.RegistrationOpened, "REGISTRATION_OPENED"),
        (AuditEventType.ClientSecretRevealed, "CLIENT_SECRET_REVEALED"),
        (AuditEventType.RoleTokenRefused, "ROLE_TOKEN_REFUSED"),
        (AuditEventType.RegistrationAccessTokenReissued, "REGISTRATION_ACCESS_TOKEN_REISSUED"),
        (AuditEventType.BlockRuleCreated, "BLOCK_RULE_CREATED"),
        (AuditEventType.BlockRuleDeleted, "BLOCK_RULE_DELETED"),
        (AuditEventType.ClientRequestRefused, "CLIENT_REQUEST_REFUSED"),
        (AuditEventType.ClientApprovalGiven, "CLIENT_APPROVAL_GIVEN"),
        (AuditEventType.ClientCreated, "CLIENT_CREATED"),
        (AuditEventType.ClientAnnotated, "CLIENT_ANNOTATED"),
        (AuditEventType.ClientNoteAdded, "CLIENT_NOTE_ADDED"),
    ];

    private static readonly Dictionary<AuditEventType, string> ByType = Names.ToDictionary(n => n.Type, n => n.Name);

    public static IEnumerable<string> All => Names.Select(n => n.Name);

    public static string NameOf(AuditEventType type) => ByType[type];
}
