using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// The properties of a new initial access token. By default it admits any number of registrations within policy and does not expire.
/// </summary>
public sealed record InitialAccessTokenOptions
{
    /// <summary>A label, at most 200 characters. Absent means none.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The lifetime, from one minute to 10 years. Absent means that it does not expire. Not together with <see cref="ExpireTime"/>.
    /// </summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When it expires. Absent means never. Not together with <see cref="TimeToLive"/>.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    /// <summary>How many registrations it admits, 1 or more. Absent means any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary>
    /// Limits of the registrations that it admits. They stay with the client and apply to its updates too; they can only narrow what policy
    /// allows. Absent means all that policy allows.
    /// </summary>
    public RegistrationConstraints? Constraints { get; init; }
}
