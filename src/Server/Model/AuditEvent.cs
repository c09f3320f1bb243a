namespace GrpcDcr.Server.Model;

/// <summary>The record of a change or an act. It never contains a secret or a token.</summary>
internal sealed record AuditEvent
{
    /// <summary>Assigned by the store: increases by one with each event, without gaps. 0 before it is stored.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened, in whole milliseconds, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required AuditEventType Type { get; init; }

    /// <summary>Who did it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Why the act was refused, so that nothing changed; <see langword="null"/> when it succeeded.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The client it is about; <see langword="null"/> when there is none.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>
    /// The revision of the client after the event; <see langword="null"/> if the event changed nothing that matters to authorization
    /// servers.
    /// </summary>
    public long? ClientRevision { get; init; }

    /// <summary>The reason the actor gave; <see langword="null"/> when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason for users that the actor gave; <see langword="null"/> when none was given.</summary>
    public string? PublicReason { get; init; }

    /// <summary>Where the act came from; <see langword="null"/> when unknown.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>The identifier of the request, which its log lines have too; <see langword="null"/> outside of a request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The detail; <see langword="null"/> for types without one, and for refused acts.</summary>
    public AuditDetail? Detail { get; init; }
}

/// <summary>Why an act was refused.</summary>
/// <param name="Reason">The reason that the caller got, such as <c>ETAG_MISMATCH</c>.</param>
/// <param name="Description">The description that the caller got.</param>
internal sealed record Refusal(string Reason, string Description);
