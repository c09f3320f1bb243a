using System.Diagnostics;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>How a change ended.</summary>
internal enum ChangeOutcome
{
    /// <summary>It happened, with its audit event.</summary>
    Done,

    /// <summary>An equal record was stored before; nothing more happened.</summary>
    Repeated,

    IdTaken,
    NotFound,
    VersionConflict,

    /// <summary>The initial access token is unknown, revoked, expired or used up.</summary>
    InitialAccessTokenSpent,

    /// <summary>The software statement was used before.</summary>
    SoftwareStatementReplayed,

    /// <summary>An earlier call with the same <c>request_id</c> took effect.</summary>
    RequestRepeated,

    AlreadyRevoked,

    /// <summary>There is no room for another record of this kind.</summary>
    TooMany,
}

/// <summary>
/// The outcome of a change as the methods of a store return it. An outcome that a change cannot have is a defect, and never success.
/// </summary>
internal static class ChangeOutcomes
{
    public static AddOutcome ToAddOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done or ChangeOutcome.Repeated => AddOutcome.Added,
        ChangeOutcome.IdTaken => AddOutcome.ClientIdTaken,
        ChangeOutcome.InitialAccessTokenSpent => AddOutcome.InitialAccessTokenSpent,
        ChangeOutcome.SoftwareStatementReplayed => AddOutcome.SoftwareStatementReplayed,
        ChangeOutcome.RequestRepeated => AddOutcome.RequestRepeated,
        _ => throw Impossible(outcome),
    };

    public static ReplaceOutcome ToReplaceOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => ReplaceOutcome.Replaced,
        ChangeOutcome.NotFound => ReplaceOutcome.NotFound,
        ChangeOutcome.VersionConflict => ReplaceOutcome.VersionConflict,
        ChangeOutcome.SoftwareStatementReplayed => ReplaceOutcome.SoftwareStatementReplayed,
        ChangeOutcome.RequestRepeated => ReplaceOutcome.RequestRepeated,
        _ => throw Impossible(outcome),
    };

    public static RemoveOutcome ToRemoveOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => RemoveOutcome.Removed,
        ChangeOutcome.NotFound => RemoveOutcome.NotFound,
        ChangeOutcome.VersionConflict => RemoveOutcome.VersionConflict,
        _ => throw Impossible(outcome),
    };

    public static AddBlockRuleOutcome ToAddBlockRuleOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => AddBlockRuleOutcome.Added,
        ChangeOutcome.TooMany => AddBlockRuleOutcome.TooMany,
        _ => throw Impossible(outcome),
    };

    public static RevokeOutcome ToRevokeOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => RevokeOutcome.Revoked,
        ChangeOutcome.NotFound => RevokeOutcome.NotFound,
        ChangeOutcome.AlreadyRevoked => RevokeOutcome.AlreadyRevoked,
        _ => throw Impossible(outcome),
    };

    public static ImportOutcome ToImportOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => ImportOutcome.Imported,
        ChangeOutcome.Repeated => ImportOutcome.AlreadyImported,
        ChangeOutcome.IdTaken => ImportOutcome.Conflict,
        ChangeOutcome.NotFound => ImportOutcome.OutOfOrder,
        _ => throw Impossible(outcome),
    };

    /// <summary>Ends a change that can only happen or fail with an exception.</summary>
    public static void RequireDone(this ChangeOutcome outcome)
    {
        if (outcome != ChangeOutcome.Done)
        {
            throw Impossible(outcome);
        }
    }

    /// <exception cref="ArgumentException">An initial access token with this identifier is already stored.</exception>
    public static IssueOutcome ToIssueOutcome(this ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Done => IssueOutcome.Issued,
        ChangeOutcome.RequestRepeated => IssueOutcome.RequestRepeated,
        ChangeOutcome.IdTaken => throw new ArgumentException("A new initial access token has a new identifier."),
        _ => throw Impossible(outcome),
    };

    private static UnreachableException Impossible(ChangeOutcome outcome) => new($"A change of this kind cannot end as {outcome}.");
}
