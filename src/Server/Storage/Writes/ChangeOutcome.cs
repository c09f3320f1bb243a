namespace GrpcDcr.Server.Storage.Writes;

/// <summary>How a change ended.</summary>
internal enum ChangeOutcome
{
    /// <summary>It happened, with its audit event.</summary>
    Done,

    /// <summary>The very same client had been added before; nothing more happened.</summary>
    Repeated,

    IdTaken,
    NotFound,
    VersionConflict,

    /// <summary>The token admits nobody, or nobody any more.</summary>
    InitialAccessTokenSpent,

    /// <summary>The statement was used before.</summary>
    SoftwareStatementReplayed,

    AlreadyRevoked,
}

/// <summary>What an ending means to who asked for the change.</summary>
internal static class ChangeOutcomes
{
    public static AddOutcome ToAddOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.IdTaken => AddOutcome.ClientIdTaken,
        ChangeOutcome.InitialAccessTokenSpent => AddOutcome.InitialAccessTokenSpent,
        ChangeOutcome.SoftwareStatementReplayed => AddOutcome.SoftwareStatementReplayed,
        _ => AddOutcome.Added,
    };

    public static ReplaceOutcome ToReplaceOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.NotFound => ReplaceOutcome.NotFound,
        ChangeOutcome.VersionConflict => ReplaceOutcome.VersionConflict,
        ChangeOutcome.SoftwareStatementReplayed => ReplaceOutcome.SoftwareStatementReplayed,
        _ => ReplaceOutcome.Replaced,
    };

    public static RemoveOutcome ToRemoveOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.NotFound => RemoveOutcome.NotFound,
        ChangeOutcome.VersionConflict => RemoveOutcome.VersionConflict,
        _ => RemoveOutcome.Removed,
    };

    public static RevokeOutcome ToRevokeOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.NotFound => RevokeOutcome.NotFound,
        ChangeOutcome.AlreadyRevoked => RevokeOutcome.AlreadyRevoked,
        _ => RevokeOutcome.Revoked,
    };

    public static ImportOutcome ToImportOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Repeated => ImportOutcome.IsThere,
        ChangeOutcome.IdTaken => ImportOutcome.Taken,
        ChangeOutcome.NotFound => ImportOutcome.TooEarly,
        _ => ImportOutcome.Imported,
    };
}
