using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Credentials;

/// <summary>When a client gets a secret, when another one, and how long each of them works.</summary>
internal static class ClientSecrets
{
    /// <summary>A secret is renewed in the last of this many parts of its life.</summary>
    private const int Parts = 5;

    /// <summary>The first secret of a client.</summary>
    public static IssuedSecret Issue(RegistrationPolicy policy, DateTimeOffset now)
    {
        var secret = CredentialFactory.NewSecret();
        return new IssuedSecret(new ClientSecret(SecretHash.Of(secret.Reveal()), now + policy.SecretLifetime), secret);
    }

    /// <summary>The secret after an update by the client itself: the same one, or a new one beside which the old one works for a while.</summary>
    public static IssuedSecret Renew(ClientSecret current, RegistrationPolicy policy, DateTimeOffset now)
    {
        if (!IsDue(current, policy, now))
        {
            return new IssuedSecret(current, Shown: null);
        }

        var issued = Issue(policy, now);
        var overlapEnd = now + policy.SecretOverlap;
        var end = current.ExpiresAt < overlapEnd ? current.ExpiresAt.Value : overlapEnd;
        return end <= now ? issued : issued with { Kept = issued.Kept with { Previous = current with { ExpiresAt = end, Previous = null } } };
    }

    /// <summary>Whether a secret works at that time: the current one, or the one before while they overlap.</summary>
    public static SecretMatch Match(ClientSecret? kept, string presented, DateTimeOffset now)
    {
        // Both are compared in every case, so that the answer takes as long without a secret.
        var isCurrent = (kept?.Hash ?? SecretHash.Unmatchable).Matches(presented);
        var isPrevious = (kept?.Previous?.Hash ?? SecretHash.Unmatchable).Matches(presented);
        return isCurrent ? IsAlive(kept, now) ? SecretMatch.Good : SecretMatch.Expired
            : isPrevious ? IsAlive(kept?.Previous, now) ? SecretMatch.Good : SecretMatch.Expired
            : SecretMatch.Wrong;
    }

    private static bool IsAlive(ClientSecret? secret, DateTimeOffset now) => secret?.ExpiresAt is not { } expiry || now < expiry;

    private static bool IsDue(ClientSecret current, RegistrationPolicy policy, DateTimeOffset now) => policy.SecretRotation switch
    {
        SecretRotation.OnUpdate => true,
        SecretRotation.WhenExpiring => current.ExpiresAt is { } expiry && expiry - now <= (policy.SecretLifetime ?? TimeSpan.Zero) / Parts,
        _ => false,
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
