using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Management;

/// <summary>
/// Rotation of the registration access token (RFC 7592 appendix A.1) that survives a lost response: the previous token works until the new
/// one is first used or its grace period ends. A client that presents the previous token did not get the new one, and gets another.
/// </summary>
internal static class RegistrationAccessTokens
{
    /// <param name="managed">The client and the presented token.</param>
    /// <param name="rotates">Whether policy rotates the token with this response.</param>
    /// <param name="grace">How long the presented token works after a new one is issued.</param>
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
/// <param name="Kept">The stored form, for the client's record; the same object if nothing changes.</param>
/// <param name="Shown">The token for the response.</param>
internal sealed record AdvancedToken(RegistrationAccessToken Kept, Secret Shown);
