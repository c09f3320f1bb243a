namespace GrpcDcr.Server.Model;

/// <summary>All that the service remembers of a client. Times are whole milliseconds, UTC.</summary>
internal sealed record RegisteredClient
{
    public required ClientId Id { get; init; }

    /// <summary>1 at registration, one more with each change.</summary>
    public required long Version { get; init; }

    public required ClientState State { get; init; }

    /// <summary>Why an operator put the client into its state; <see langword="null"/> when no reason was given.</summary>
    public string? StateReason { get; init; }

    public required ClientMetadata Metadata { get; init; }

    /// <summary><see langword="null"/> for a client whose method uses no secret.</summary>
    public ClientSecret? Secret { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How the registration was admitted: one of the names in <see cref="AdmissionNames"/>.</summary>
    public required string AdmittedBy { get; init; }

    /// <summary>Where the registration came from; <see langword="null"/> when unknown.</summary>
    public string? SourceAddress { get; init; }
}

/// <summary>A client secret as it is kept.</summary>
/// <param name="Hash">What is kept of the secret itself.</param>
/// <param name="ExpiresAt">When it stops working; <see langword="null"/> means never.</param>
internal sealed record ClientSecret(SecretHash Hash, DateTimeOffset? ExpiresAt);

/// <summary>How a registration was admitted.</summary>
internal static class AdmissionNames
{
    /// <summary>Nobody asked for a token.</summary>
    public const string Open = "open";

    /// <summary>With the initial access token (RFC 7591 section 3).</summary>
    public const string InitialAccessToken = "initial_access_token";
}
