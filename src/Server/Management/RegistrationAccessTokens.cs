using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Management;

/// <summary>
/// Rotation of the registration access token (RFC 7592 appendix A.1) that survives a lost answer: the token before works until the new
/// one is first used, or its grace ends. Whoever shows the token before has lost the new one, and gets another.
/// </summary>
internal static class RegistrationAccessTokens
{
    /// <param name="managed">The client and what it showed.</param>
    /// <param name="rotates">Whether policy has a new token with this answer.</param>
    /// <param name="grace">How long the token shown goes on working beside a new one.</param>
    /// <param name="now">When.</param>
    public static AdvancedToken Advance(ManagedClient managed, bool rotates, TimeSpan grace, DateTimeOffset now)
    {
        var kept = managed.Client.RegistrationAccessToken!;
        if (rotates || managed.IsPrevious)
        {
            var token = LookupToken.For(managed.Client.Id.Value);
            var shown = SecretHash.Of(managed.RegistrationAccessToken.Reveal());
            return new AdvancedToken(new RegistrationAccessToken(SecretHash.Of(token.Reveal()), shown, now + grace), token);
        }

        return new AdvancedToken(kept.Previous is null ? kept : new RegistrationAccessToken(kept.Hash), managed.RegistrationAccessToken);
    }
}

/// <summary>The registration access token after a call.</summary>
/// <param name="Kept">Goes into the client's record; the very same object when nothing changes.</param>
/// <param name="Shown">Goes into the answer.</param>
internal sealed record AdvancedToken(RegistrationAccessToken Kept, Secret Shown);
