using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>What an initial access token admits. Nothing set means: any number of registrations within policy, for ever.</summary>
public sealed record InitialAccessTokenTerms
{
    /// <summary>What operators call the token, at most 200 characters. Absent means no name.</summary>
    public string? Label { get; init; }

    /// <summary>How long it admits, in whole seconds (a fraction is dropped): from one minute to 10 years. Absent means for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How many registrations it admits, 1 or more. Absent means any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>
    /// The most that a registration may hold. It stays with the client, whose updates are judged by it too, and only narrows what policy
    /// allows. Absent means all that policy allows.
    /// </summary>
    public Ceiling? Ceiling { get; init; }
}
