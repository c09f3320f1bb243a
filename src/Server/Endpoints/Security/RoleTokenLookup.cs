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
    private Known _known = new(tokens, Last: null);

    /// <summary>From now on these are the tokens. A token that is not among them stops working at once.</summary>
    public void Replace(IReadOnlyList<RoleToken> replacements) => Volatile.Write(ref _known, new Known(replacements, Last: null));

    /// <summary>The token; <see langword="null"/> if there is none, or if it has expired.</summary>
    public RoleToken? Find(Secret presented)
    {
        var (text, known) = (presented.Reveal(), Volatile.Read(ref _known));
        var token = known.Last is { } last && last.IsFor(text) ? last.Token : FindByHash(known, text);
        return token?.ExpiresAt <= time.GetUtcNow() ? null : token;
    }

    /// <summary>The token of that name; <see langword="null"/> if there is none, or if it has expired.</summary>
    public RoleToken? Named(string name) =>
        Volatile.Read(ref _known).Tokens.FirstOrDefault(token => token.Name == name) is { } token && !(token.ExpiresAt <= time.GetUtcNow())
            ? token
            : null;

    /// <summary>Every token is compared, so that the time reveals nothing.</summary>
    private RoleToken? FindByHash(Known known, string text)
    {
        var hash = SecretHash.Of(text);
        RoleToken? found = null;
        foreach (var token in known.Tokens)
        {
            if (token.Hash.Matches(hash))
            {
                found = token;
            }
        }

        if (found is not null)
        {
            // Not if the tokens were replaced meanwhile.
            Interlocked.CompareExchange(ref _known, known with { Last = new Presented(text, found) }, known);
        }

        return found;
    }

    private sealed record Known(IReadOnlyList<RoleToken> Tokens, Presented? Last);

    private sealed class Presented(string text, RoleToken token)
    {
        public RoleToken Token => token;

        public bool IsFor(string other) =>
            CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
    }
}
