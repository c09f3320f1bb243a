using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>What an administrator can do with a client: a page each.</summary>
/// <param name="Segment">The end of the path.</param>
/// <param name="Title">Of the page and of the button.</param>
/// <param name="Explanation">What it does.</param>
/// <param name="Model">The model of the page.</param>
/// <param name="AppliesTo">Whether it can be done with a client in its state.</param>
internal sealed record ClientActKind(
    string Segment, string Title, string Explanation, Type Model, Func<RegisteredClient, bool> AppliesTo)
{
    /// <summary>Whether it decides about what waits, so that the page of the client has its form.</summary>
    public bool IsDecision { get; init; }

    /// <summary>Whether a reason must be given.</summary>
    public bool NeedsReason { get; init; }

    /// <summary>Whether users may be given a reason too.</summary>
    public bool HasPublicReason { get; init; }

    /// <summary>Whether it takes something away.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>
    /// Whether the form has the version that was reviewed. Those that stop a client do not: a client that keeps changing itself could not
    /// be stopped.
    /// </summary>
    public bool SendsTag { get; init; }

    /// <summary>Whether it issues a credential, so that a repeated form must not issue another one.</summary>
    public bool IssuesCredential { get; init; }
}

/// <summary>The acts, in the order in which they are offered.</summary>
internal static class ClientActs
{
    public static ClientActKind Approve { get; } = new(
        "approve", "Approve", "The client may be used, or its update takes effect.", typeof(ApproveModel),
        ClientTransition.Approve.IsAllowedFrom)
    {
        IsDecision = true,
        SendsTag = true,
    };

    public static ClientActKind Reject { get; } = new(
        "reject", "Reject", "The client cannot be used; of an active client only the update is discarded.", typeof(RejectModel),
        ClientTransition.Reject.IsAllowedFrom)
    {
        IsDecision = true,
        NeedsReason = true,
        HasPublicReason = true,
        IsDangerous = true,
        SendsTag = true,
    };

    public static ClientActKind Suspend { get; } = new(
        "suspend", "Suspend", "The client cannot be used or updated from the next second on, until it is reinstated.",
        typeof(SuspendModel), ClientTransition.Suspend.IsAllowedFrom)
    {
        HasPublicReason = true,
        IsDangerous = true,
    };

    public static ClientActKind Reinstate { get; } = new(
        "reinstate", "Reinstate", "The client returns to the state that it was suspended from.", typeof(ReinstateModel),
        ClientTransition.Reinstate.IsAllowedFrom)
    {
        SendsTag = true,
    };

    public static ClientActKind Annotate { get; } = new(
        "annotate", "Edit annotations", "Authorization servers get annotations with the client; the client does not see them.",
        typeof(AnnotateModel), _ => true)
    {
        SendsTag = true,
    };

    public static ClientActKind AddNote { get; } = new(
        "note", "Add a note", "Notes are in the history of the client, for administrators only.", typeof(NoteModel), _ => true);

    public static ClientActKind RotateSecret { get; } = new(
        "rotate-secret", "Rotate the client secret", "The present secret stops working at once. The new one is shown once.",
        typeof(RotateSecretModel), client => client.Secret is not null)
    {
        IsDangerous = true,
        IssuesCredential = true,
    };

    public static ClientActKind ReissueToken { get; } = new(
        "reissue-token", "Reissue the registration access token",
        "The present registration access token stops working at once. The new one is shown once.", typeof(ReissueTokenModel), _ => true)
    {
        IsDangerous = true,
        IssuesCredential = true,
    };

    public static ClientActKind Delete { get; } = new(
        "delete", "Delete", "The client is gone for good. Its history stays in the audit log.", typeof(DeleteModel), _ => true)
    {
        IsDangerous = true,
    };

    public static IReadOnlyList<ClientActKind> All { get; } =
        [Approve, Reject, Suspend, Reinstate, Annotate, AddNote, RotateSecret, ReissueToken, Delete];
}
