using System.Diagnostics;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Credentials;

/// <summary>When a client gets a secret, when another one, and how long each of them works.</summary>
internal sealed class ClientSecrets(SecretSealing sealing)
{
    /// <summary>A secret is renewed in the last of this many parts of its life.</summary>
    private const int Parts = 5;

    /// <summary>What a client needs: for its effective metadata, and for the update that waits.</summary>
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
    /// The secret after an update by the client itself: the same one, or a new one beside which the old one works for a while;
    /// <see langword="null"/> when the client needs none any more.
    /// </summary>
    public IssuedSecret? AfterUpdate(RegisteredClient updated, RegistrationPolicy policy, DateTimeOffset now)
    {
        var need = NeedOf(updated);
        if (need == SecretNeed.None)
        {
            return null;
        }

        var isUsable = updated.Secret is { } kept && (need != SecretNeed.Sealed || kept.Sealed is not null);
        return !isUsable ? Issue(updated.Id, need, policy, now)
            : IsDue(updated.Secret!, policy, now) ? WithOverlap(Issue(updated.Id, need, policy, now), updated.Secret!, policy, now)
            : new IssuedSecret(updated.Secret!, Shown: null);
    }

    /// <summary>The secrets themselves that work now, the newest first; empty where only hashes are kept.</summary>
    public IReadOnlyList<Secret> Reveal(RegisteredClient client, DateTimeOffset now) =>
    [
        .. new[] { client.Secret, client.Secret?.Previous }
            .Where(secret => secret is { Sealed: not null } && IsAlive(secret, now))
            .Select(secret => sealing.Open(client.Id, secret!.Sealed!.Value))
            .OfType<Secret>(),
    ];

    /// <summary>Whether a secret works at that time: the current one, or the one before while they overlap.</summary>
    public static SecretMatch Match(ClientSecret? kept, string presented, DateTimeOffset now)
    {
        // Both are compared in every case, so that the answer takes as long without a secret.
        var hash = SecretHash.Of(presented);
        var isCurrent = (kept?.Hash ?? SecretHash.Unmatchable).Matches(hash);
        var isPrevious = (kept?.Previous?.Hash ?? SecretHash.Unmatchable).Matches(hash);
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

/// <summary>A secret as it is kept, and as it is shown.</summary>
/// <param name="Kept">Goes into the client's record.</param>
/// <param name="Shown">Goes into the answer; <see langword="null"/> when nothing new was issued.</param>
internal sealed record IssuedSecret(ClientSecret Kept, Secret? Shown);

/// <summary>What a presented secret is.</summary>
internal enum SecretMatch
{
    Wrong,
    Expired,
    Good,
}
