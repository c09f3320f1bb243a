namespace GrpcDcr.Resilience.Tests.Histories;

/// <summary>
/// All that callers asked and were told, and what the service says afterwards that it did. Times are of one clock that nobody sets.
/// </summary>
/// <param name="EventsBefore">How many audit events there were when it began.</param>
/// <param name="Changes">What was asked to be changed.</param>
/// <param name="Looks">What was seen.</param>
/// <param name="Events">The audit log since then, in its order.</param>
/// <param name="Left">The clients that are there at the end, but for those that were there before.</param>
internal sealed record History(
    long EventsBefore,
    IReadOnlyList<AskedChange> Changes,
    IReadOnlyList<Look> Looks,
    IReadOnlyList<LoggedEvent> Events,
    IReadOnlyDictionary<string, Stand> Left);

/// <summary>What the caller of a change knows of its end.</summary>
internal enum Told
{
    /// <summary>It was acknowledged.</summary>
    Done,

    /// <summary>It was refused for good.</summary>
    Refused,

    /// <summary>There was no answer, or one that leaves it open: it happened once, or not at all.</summary>
    Nothing,
}

/// <param name="Mark">No other change has it, and its audit event shows it.</param>
/// <param name="ClientId">Whom it changes; <see langword="null"/> for a registration without an answer.</param>
/// <param name="Begin">When it was asked.</param>
/// <param name="End">When the answer came.</param>
/// <param name="Told">What the answer was.</param>
internal sealed record AskedChange(string Mark, string? ClientId, TimeSpan Begin, TimeSpan End, Told Told);

/// <summary>How a client stands between two of its changes.</summary>
/// <param name="Version">1 after registration, and one more with each change; 0 when it is gone.</param>
/// <param name="State">Such as <c>ACTIVE</c>; empty when it is gone.</param>
/// <param name="Content">The mark of the registration or update that wrote its document; empty when it is gone.</param>
/// <param name="Revision">1 after registration, and one more with each change that an authorization server sees; 0 when it is gone.</param>
internal readonly record struct Stand(long Version, string State, string Content, long Revision = 0)
{
    public static Stand Gone { get; } = new(0, "", "");

    public bool IsGone => Version == 0;
}

/// <summary>Somebody saw how a client stands.</summary>
/// <param name="ClientId">Whom.</param>
/// <param name="Begin">When it was asked.</param>
/// <param name="End">When the answer came.</param>
/// <param name="Age">How old the answer may have been when it was asked for; zero where memory is not allowed.</param>
/// <param name="Fits">Whether a stand looks like what was seen.</param>
/// <param name="What">What was seen, in words.</param>
internal sealed record Look(string ClientId, TimeSpan Begin, TimeSpan End, TimeSpan Age, Func<Stand, bool> Fits, string What);

/// <summary>What an event of the audit log did to its client.</summary>
internal enum Effect
{
    /// <summary>Nothing: something was refused, or is about no client.</summary>
    None,

    Registers,

    /// <summary>Writes the document anew.</summary>
    Updates,

    /// <summary>An act of an administrator.</summary>
    Decides,

    /// <summary>A read that replaced the registration access token. It has no mark.</summary>
    Rotates,

    Deletes,
}

/// <param name="Sequence">Its place in the audit log.</param>
/// <param name="Effect">What it did.</param>
/// <param name="ClientId">To whom; empty for nobody.</param>
/// <param name="Mark">Which change it records; empty for none.</param>
/// <param name="State">The state after it; <see langword="null"/> where it left the state as it was.</param>
/// <param name="Revision">The revision after it; <see langword="null"/> where an authorization server sees no change.</param>
internal sealed record LoggedEvent(
    long Sequence, Effect Effect, string ClientId, string Mark = "", string? State = null, long? Revision = null);
