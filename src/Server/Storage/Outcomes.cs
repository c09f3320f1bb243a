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

    /// <summary>A call of the same <c>request_id</c> was carried out before; nothing changed.</summary>
    RequestRepeated,
}

/// <summary>How replacing a client ended.</summary>
internal enum ReplaceOutcome
{
    Replaced,

    /// <summary>There is no such client.</summary>
    NotFound,

    /// <summary>The client changed since; nothing happened.</summary>
    VersionConflict,

    /// <summary>The software statement was used before; nothing changed.</summary>
    SoftwareStatementReplayed,

    /// <summary>A call of the same <c>request_id</c> was carried out before; nothing changed.</summary>
    RequestRepeated,
}

/// <summary>How adding an initial access token ended.</summary>
internal enum IssueOutcome
{
    Issued,

    /// <summary>A call of the same <c>request_id</c> was carried out before; nothing changed.</summary>
    RequestRepeated,
}

/// <summary>How revoking an initial access token ended.</summary>
internal enum RevokeOutcome
{
    Revoked,

    /// <summary>It was revoked before; nothing changed.</summary>
    AlreadyRevoked,

    /// <summary>There is no such initial access token.</summary>
    NotFound,
}

/// <summary>How removing a client ended.</summary>
internal enum RemoveOutcome
{
    Removed,

    /// <summary>There is no such client.</summary>
    NotFound,

    /// <summary>The client changed since; nothing happened.</summary>
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

    /// <summary>A backup of this name exists.</summary>
    NameTaken,
}

/// <summary>Whether a store can be used.</summary>
/// <param name="Ready">Reads are answered and changes are taken.</param>
/// <param name="Description">What is wrong, for administrators; empty when nothing is.</param>
/// <param name="Answers">Questions are answered, whether or not changes are taken.</param>
internal sealed record StoreHealth(bool Ready, string Description = "", bool Answers = false)
{
    /// <summary>All is well.</summary>
    public static StoreHealth Good { get; } = new(Ready: true, Answers: true);
}
