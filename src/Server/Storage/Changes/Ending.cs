namespace GrpcDcr.Server.Storage.Changes;

/// <summary>How a change ended.</summary>
internal enum Ending
{
    /// <summary>It happened, with its audit event.</summary>
    Done,

    /// <summary>The very same client had been added before; nothing more happened.</summary>
    Repeated,

    IdTaken,
    NotFound,
    VersionConflict,

    /// <summary>The token admits nobody, or nobody any more.</summary>
    TokenSpent,

    /// <summary>The statement was used before.</summary>
    StatementReplayed,

    AlreadyRevoked,
}

/// <summary>What an ending means to who asked for the change.</summary>
internal static class Endings
{
    public static AddOutcome ToAddOutcome(this Ending ending) => ending switch
    {
        Ending.IdTaken => AddOutcome.ClientIdTaken,
        Ending.TokenSpent => AddOutcome.TokenSpent,
        Ending.StatementReplayed => AddOutcome.StatementReplayed,
        _ => AddOutcome.Added,
    };

    public static ReplaceOutcome ToReplaceOutcome(this Ending ending) => ending switch
    {
        Ending.NotFound => ReplaceOutcome.NotFound,
        Ending.VersionConflict => ReplaceOutcome.VersionConflict,
        Ending.StatementReplayed => ReplaceOutcome.StatementReplayed,
        _ => ReplaceOutcome.Replaced,
    };

    public static RemoveOutcome ToRemoveOutcome(this Ending ending) => ending switch
    {
        Ending.NotFound => RemoveOutcome.NotFound,
        Ending.VersionConflict => RemoveOutcome.VersionConflict,
        _ => RemoveOutcome.Removed,
    };

    public static RevokeOutcome ToRevokeOutcome(this Ending ending) => ending switch
    {
        Ending.NotFound => RevokeOutcome.NotFound,
        Ending.AlreadyRevoked => RevokeOutcome.AlreadyRevoked,
        _ => RevokeOutcome.Revoked,
    };

    public static PlaceOutcome ToPlaceOutcome(this Ending ending) => ending switch
    {
        Ending.Repeated => PlaceOutcome.IsThere,
        Ending.IdTaken => PlaceOutcome.Taken,
        Ending.NotFound => PlaceOutcome.TooEarly,
        _ => PlaceOutcome.Placed,
    };
}
