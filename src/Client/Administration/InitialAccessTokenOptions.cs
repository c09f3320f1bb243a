using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>What an initial access token lets in. Nothing set means: any number of registrations within policy, for ever.</summary>
public sealed record InitialAccessTokenOptions
{
    /// <summary>What administrators call it, at most 200 characters. Absent means no name.</summary>
    public string? Label { get; init; }

    /// <summary>How long it lets registrations in: from one minute to 10 years. Absent means for ever. Not together with
    /// <see cref="ExpireTime"/>.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>From when on it lets nobody in. Absent means never. Not together with <see cref="TimeToLive"/>.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    /// <summary>How many registrations it lets in, 1 or more. Absent means any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>
    /// The most that a registration may hold. The constraints stay with the client, and its updates are held to them too; they only narrow
    /// what policy allows. Absent means all that policy allows.
    /// </summary>
    public RegistrationConstraints? Constraints { get; init; }
}
