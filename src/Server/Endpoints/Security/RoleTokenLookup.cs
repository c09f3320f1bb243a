using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>The role tokens, which may be replaced while the service runs.</summary>
internal sealed class RoleTokenLookup(IReadOnlyList<RoleToken> tokens, TimeProvider time)
{
    private IReadOnlyList<RoleToken> _tokens = tokens;

    /// <summary>From now on these are the tokens. A token that is not among them stops working at once.</summary>
    public void Replace(IReadOnlyList<RoleToken> replacements) => Volatile.Write(ref _tokens, replacements);

    /// <summary>
    /// The token that was presented; <see langword="null"/> if there is none, or if it has expired. Every token is compared, so that the
    /// time reveals nothing.
    /// </summary>
    public RoleToken? Find(Secret presented)
    {
        var hash = SecretHash.Of(presented.Reveal());
        RoleToken? found = null;
        foreach (var token in Volatile.Read(ref _tokens))
        {
            if (token.Hash.Matches(hash))
            {
                found = token;
            }
        }

        return found is null || HasExpired(found) ? null : found;
    }

    /// <summary>The token of that name; <see langword="null"/> if there is none, or if it has expired.</summary>
    public RoleToken? Named(string name) =>
        Volatile.Read(ref _tokens).FirstOrDefault(token => token.Name == name) is { } token && !HasExpired(token) ? token : null;

    /// <summary>Whether a token that was found still is one of the tokens, and has not expired.</summary>
    public bool IsValid(RoleToken token) => Volatile.Read(ref _tokens).Contains(token) && !HasExpired(token);

    private bool HasExpired(RoleToken token) => token.ExpiresAt <= time.GetUtcNow();
}
