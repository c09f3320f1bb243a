using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Finds the role token that was presented. An authorization server presents the same one in every call, so the last valid one is kept and
/// compared before anything is hashed.
/// </summary>
internal sealed class RoleTokenLookup(IReadOnlyList<RoleToken> tokens, TimeProvider time)
{
    private volatile Presented? _last;

    /// <summary>The token; <see langword="null"/> if there is none, or if it has expired.</summary>
    public RoleToken? Find(Secret presented)
    {
        var text = presented.Reveal();
        var token = _last is { } last && last.IsFor(text) ? last.Token : FindByHash(text);
        return token?.ExpiresAt <= time.GetUtcNow() ? null : token;
    }

    /// <summary>Every token is compared, so that the time reveals nothing.</summary>
    private RoleToken? FindByHash(string text)
    {
        var hash = SecretHash.Of(text);
        RoleToken? found = null;
        foreach (var token in tokens)
        {
            if (token.Hash.Matches(hash))
            {
                found = token;
            }
        }

        _last = found is null ? _last : new Presented(text, found);
        return found;
    }

    private sealed class Presented(string text, RoleToken token)
    {
        public RoleToken Token => token;

        public bool IsFor(string other) =>
            CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
    }
}
