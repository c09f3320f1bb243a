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
