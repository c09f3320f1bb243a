using System.Diagnostics;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Credentials;

/// <summary>Issue, rotation and expiry of client secrets.</summary>
internal sealed class ClientSecrets(SecretSealing sealing)
{
    /// <summary>A secret is renewed in the last of this many parts of its lifetime.</summary>
    private const int Parts = 5;

    /// <summary>What a client needs for its effective metadata and for its pending update.</summary>
    public static SecretNeed NeedOf(RegisteredClient client)
    {
        var effective = SecretNeed.Of(client.Metadata);
        var awaited = client.PendingUpdate is { } pending ? SecretNeed.Of(pending.Metadata) : SecretNeed.None;
        return effective == SecretNeed.Sealed || awaited == SecretNeed.Sealed ? SecretNeed.Sealed
            : effective == SecretNeed.None ? awaited
            : effective;
    }

    /// <summary>The first secret of a client.</summary>
    public IssuedSecret Issue(ClientId client, SecretNeed need, RegistrationPolicy policy, DateTimeOffset now)
    {
        var secret = CredentialFactory.NewSecret(need.MinimumOctets);

        // Typed as it is: null of type byte[] would become memory that is there and empty.
        var sealedSecret = need == SecretNeed.Sealed ? sealing.Seal(client, secret) : (ReadOnlyMemory<byte>?)null;
        return new IssuedSecret(new ClientSecret(SecretHash.Of(secret.Reveal()), now + policy.SecretLifetime, sealedSecret), secret);
    }

    /// <summary>
    /// The secret after an update by the client: the same one, or a new one with an overlap in which the previous one still works;
    /// <see langword="null"/> if the client needs none any more.
    /// </summary>
    public IssuedSecret? AfterUpdate(RegisteredClient updated, RegistrationPolicy policy, DateTimeOffset now)
    {
        var needed = AsNeeded(updated, policy, now);
        return needed is { Shown: null } && IsDue(needed.Kept, policy, now)
            ? WithOverlap(Issue(updated.Id, NeedOf(updated), policy, now), needed.Kept, policy, now)
            : needed;
    }

    /// <summary>
    /// The same secret, or a new one if the client needs one that it does not have; <see langword="null"/> if it needs none any more.
    /// </summary>
    public IssuedSecret? AsNeeded(RegisteredClient updated, RegistrationPolicy policy, DateTimeOffset now)
    {
        var need = NeedOf(updated);
        return need == SecretNeed.None ? null
            : updated.Secret is { } kept && (need != SecretNeed.Sealed || kept.Sealed is not null) ? new IssuedSecret(kept, Shown: null)
            : Issue(updated.Id, need, policy, now);
    }

    /// <summary>The valid secrets in plain text, the newest first; empty if only hashes are stored.</summary>
    public IReadOnlyList<Secret> Reveal(RegisteredClient client, DateTimeOffset now) =>
    [
        .. new[] { client.Secret, client.Secret?.Previous }
            .Where(secret => secret is { Sealed: not null } && IsAlive(secret, now))
            .Select(secret => sealing.Open(client.Id, secret!.Sealed!.Value))
            .OfType<Secret>(),
    ];

    /// <summary>Checks a secret against the current one, and against the previous one during an overlap.</summary>
    public static SecretMatch Match(ClientSecret? kept, SecretHash presented, DateTimeOffset now)
    {
        // Both are always compared, so that the time is the same for a client without a secret.
        var isCurrent = (kept?.Hash ?? SecretHash.Unmatchable).Matches(presented);
        var isPrevious = (kept?.Previous?.Hash ?? SecretHash.Unmatchable).Matches(presented);
        return isCurrent ? IsAlive(kept, now) ? SecretMatch.Good : SecretMatch.Expired
            : isPrevious ? IsAlive(kept?.Previous, now) ? SecretMatch.Good : SecretMatch.Expired
            : SecretMatch.Wrong;
    }

    private static IssuedSecret WithOverlap(IssuedSecret issued, ClientSecret old, RegistrationPolicy policy, DateTimeOffset now)
    {
        var overlapEnd = now + policy.SecretOverlap;
        var end = old.ExpiresAt < overlapEnd ? old.ExpiresAt.Value : overlapEnd;
        return end <= now ? issued : issued with { Kept = issued.Kept with { Previous = old with { ExpiresAt = end, Previous = null } } };
    }

    private static bool IsAlive(ClientSecret? secret, DateTimeOffset now) => secret?.ExpiresAt is not { } expiry || now < expiry;

    private static bool IsDue(ClientSecret current, RegistrationPolicy policy, DateTimeOffset now) => policy.SecretRotation switch
    {
        SecretRotation.OnUpdate => true,
        SecretRotation.WhenExpiring => current.ExpiresAt is { } expiry && expiry - now <= (policy.SecretLifetime ?? TimeSpan.Zero) / Parts,
        SecretRotation.Never => false,
        _ => throw new UnreachableException($"{policy.SecretRotation} is no secret rotation."),
    };
}

/// <summary>A client secret in its stored form and in plain text.</summary>
/// <param name="Kept">The stored form, for the client's record.</param>
/// <param name="Shown">The plain text, for the response; <see langword="null"/> if no new secret was issued.</param>
internal sealed record IssuedSecret(ClientSecret Kept, Secret? Shown);

/// <summary>The result of comparing a presented secret.</summary>
internal enum SecretMatch
{
    Wrong,
    Expired,
    Good,
}
