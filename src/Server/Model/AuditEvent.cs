namespace GrpcDcr.Server.Model;

/// <summary>One thing that happened. Never carries a secret or a token.</summary>
internal sealed record AuditEvent
{
    /// <summary>Given by the store: rises by one with each event, without gaps. 0 until stored.</summary>
    public long Sequence { get; init; }

    /// <summary>When it happened, whole milliseconds, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required AuditEventType Type { get; init; }

    /// <summary><see langword="false"/> when the act was tried and refused; then nothing changed.</summary>
    public bool Succeeded { get; init; } = true;

    /// <summary>Who did it.</summary>
    public required string Actor { get; init; }

    /// <summary>The client it is about; <see langword="null"/> when there is none.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>The reason the actor gave; <see langword="null"/> when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the act came from; <see langword="null"/> when unknown.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>Ties the event to the log lines of the same request; <see langword="null"/> outside of one.</summary>
    public string? RequestId { get; init; }

    /// <summary>What else is worth knowing, by name.</summary>
    public IReadOnlyDictionary<string, string> Detail { get; init; } = NoDetail;

    private static readonly IReadOnlyDictionary<string, string> NoDetail = new Dictionary<string, string>();
}
