namespace GrpcDcr.Server.Model;

/// <summary>One thing that happened. Never carries a secret or a token.</summary>
internal sealed record AuditEvent
{
    /// <summary>Given by the store: rises by one with each event, without gaps. 0 until stored.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened, whole milliseconds, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required AuditEventType Type { get; init; }

    /// <summary>Who did it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Why the act was refused, so that nothing changed; <see langword="null"/> when it succeeded.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The client it is about; <see langword="null"/> when there is none.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>
    /// The client's revision after the event; <see langword="null"/> when the event changed nothing that authorization servers act on.
    /// </summary>
    public long? ClientRevision { get; init; }

    /// <summary>The reason the actor gave; <see langword="null"/> when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason for users that the actor gave; <see langword="null"/> when none was given.</summary>
    public string? PublicReason { get; init; }

    /// <summary>Where the act came from; <see langword="null"/> when unknown.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>Ties the event to the log lines of the same request; <see langword="null"/> outside of one.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What else is worth knowing; <see langword="null"/> for types without, and for refused acts.</summary>
    public AuditDetail? Detail { get; init; }
}

/// <summary>Why an act was refused.</summary>
/// <param name="Reason">As the caller got it, such as <c>ETAG_MISMATCH</c>.</param>
/// <param name="Description">The sentence that the caller got.</param>
internal sealed record Refusal(string Reason, string Description);
