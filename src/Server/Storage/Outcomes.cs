namespace GrpcDcr.Server.Storage;

/// <summary>How adding a client ended.</summary>
internal enum AddOutcome
{
    Added,

    /// <summary>Another client has this identifier; nothing changed.</summary>
    ClientIdTaken,

    /// <summary>The initial access token is unknown, revoked, expired or used up; nothing changed.</summary>
    InitialAccessTokenSpent,

    /// <summary>The software statement was used before; nothing changed.</summary>
    SoftwareStatementReplayed,

    /// <summary>An earlier call with the same <c>request_id</c> took effect; nothing changed.</summary>
    RequestRepeated,
}

/// <summary>How replacing a client ended.</summary>
internal enum ReplaceOutcome
{
    Replaced,

    /// <summary>The client does not exist.</summary>
    NotFound,

    /// <summary>The client has changed; nothing happened.</summary>
    VersionConflict,

    /// <summary>The software statement was used before; nothing changed.</summary>
    SoftwareStatementReplayed,

    /// <summary>An earlier call with the same <c>request_id</c> took effect; nothing changed.</summary>
    RequestRepeated,
}

/// <summary>How adding an initial access token ended.</summary>
internal enum IssueOutcome
{
    Issued,

    /// <summary>An earlier call with the same <c>request_id</c> took effect; nothing changed.</summary>
    RequestRepeated,
}

/// <summary>How adding a block rule ended.</summary>
internal enum AddBlockRuleOutcome
{
    Added,

    /// <summary>There is no room for another one; nothing changed.</summary>
    TooMany,
}

/// <summary>How revoking an initial access token ended.</summary>
internal enum RevokeOutcome
{
    Revoked,

    /// <summary>It was revoked before; nothing changed.</summary>
    AlreadyRevoked,

    /// <summary>The initial access token does not exist.</summary>
    NotFound,
}

/// <summary>How removing a client ended.</summary>
internal enum RemoveOutcome
{
    Removed,

    /// <summary>The client does not exist.</summary>
    NotFound,

    /// <summary>The client has changed; nothing happened.</summary>
    VersionConflict,
}

/// <summary>How a backup ended.</summary>
/// <param name="Result">Whether there is a copy.</param>
/// <param name="Path">The folder of the copy; empty without one.</param>
/// <param name="SizeBytes">Its size; 0 without one.</param>
internal sealed record BackupOutcome(BackupResult Result, string Path = "", long SizeBytes = 0);

internal enum BackupResult
{
    Done,

    /// <summary>The database has its own tools for this.</summary>
    NotSupported,

    /// <summary>A backup with this name exists.</summary>
    NameTaken,
}

/// <summary>Whether a store can be used.</summary>
/// <param name="Ready">Reads are answered and changes are accepted.</param>
/// <param name="Description">What is wrong, for administrators; empty if nothing is.</param>
/// <param name="Answers">Reads are answered, whether or not changes are accepted.</param>
internal sealed record StoreHealth(bool Ready, string Description = "", bool Answers = false)
{
    /// <summary>The store can be used.</summary>
    public static StoreHealth Good { get; } = new(Ready: true, Answers: true);
}
