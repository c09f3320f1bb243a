using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Keys;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>A key that a client must register because of another member.</summary>
/// <param name="Member">The member that needs it.</param>
/// <param name="Need">The need, as the beginning of a sentence.</param>
/// <param name="IsMetBy">Whether a key meets the need.</param>
internal sealed record KeyNeed(string Member, string Need, Func<PublicKey, bool> IsMetBy);

/// <summary>
/// The keys that methods and algorithms need: OpenID Connect Core section 9, OpenID Connect Registration section 2, RFC 7523 section 2.2,
/// RFC 8705 section 2.2.2. Unknown keys are allowed in addition (RFC 7517 section 5).
/// </summary>
internal static class KeyNeeds
{
    /// <param name="registered">What would be registered.</param>
    /// <param name="keys">The keys of its <c>jwks</c>; <see langword="null"/> if there is none, or if it breaks rules.</param>
    /// <param name="policy">What may be registered.</param>
    /// <param name="violations">Gets the unmet needs. Keys outside of <c>jwks</c> are not checked.</param>
    internal static void Check(ClientMetadata registered, IReadOnlyList<PublicKey>? keys, RegistrationPolicy policy, Violations violations)
    {
        if (keys is not null)
        {
            CheckAgainst(registered, keys, CoreMembers.Jwks, policy, violations);
        }
        else if (registered is { Jwks: null, JwksUri: null } && registered.Text(ExtensionMembers.SignedJwksUri) is null)
        {
            foreach (var need in Of(registered, policy))
            {
                violations.Add(need.Member, $"{need.Need}; register one in jwks or jwks_uri.");
            }
        }
    }

    /// <param name="registered">What would be registered.</param>
    /// <param name="keys">The client's keys.</param>
    /// <param name="source">The member with the keys.</param>
    /// <param name="policy">What may be registered.</param>
    /// <param name="violations">Gets the unmet needs.</param>
    internal static void CheckAgainst(
        ClientMetadata registered, IReadOnlyList<PublicKey> keys, string source, RegistrationPolicy policy, Violations violations)
    {
        foreach (var need in Of(registered, policy).Where(need => !keys.Any(need.IsMetBy)))
        {
            violations.Add(need.Member, $"{need.Need}, and {source} has none.");
        }
    }

    private static IEnumerable<KeyNeed> Of(ClientMetadata registered, RegistrationPolicy policy)
    {
        if (OfMethod(registered, policy) is { } need)
        {
            yield return need;
        }

        if (!registered.Values.HaveExtensions)
        {
            yield break;
        }

        foreach (var row in AlgorithmTable.Signing.Where(row => row.ClientSigns))
        {
            if (registered.Text(row.Member) is { } alg
                && JoseAlgorithms.IsAsymmetric(alg)
                && policy.Capabilities.Of(row.Member).Contains(alg))
            {
                yield return new KeyNeed(row.Member, $"{row.Member} {alg} needs a public key to verify it with", key => key.CanVerify(alg));
            }
        }

        foreach (var row in AlgorithmTable.Encryption.Where(row => row.ForClient))
        {
            if (registered.Text(row.AlgMember) is { } alg
                && JoseAlgorithms.IsAsymmetric(alg)
                && policy.Capabilities.Of(row.AlgMember).Contains(alg))
            {
                yield return new KeyNeed(
                    row.AlgMember, $"{row.AlgMember} {alg} needs a public key to encrypt to", key => key.CanEncrypt(alg));
            }
        }
    }

    private static KeyNeed? OfMethod(ClientMetadata registered, RegistrationPolicy policy)
    {
        var method = registered.TokenEndpointAuthMethod;
        if (method == AuthMethods.SelfSignedTlsClientAuth)
        {
            return new KeyNeed(
                CoreMembers.TokenEndpointAuthMethod,
                $"{method} needs a key with its certificate in x5c (RFC 8705 section 2.2.2)",
                key => key.HasCertificate);
        }

        if (method != AuthMethods.PrivateKeyJwt)
        {
            return null;
        }

        var asked = registered.Text(ExtensionMembers.TokenEndpointAuthSigningAlg);
        string[] algs = JoseAlgorithms.IsAsymmetric(asked)
            ? [asked!]
            : [.. policy.Capabilities.Of(ExtensionMembers.TokenEndpointAuthSigningAlg).InOrder.Where(JoseAlgorithms.IsAsymmetric)];
        return new KeyNeed(
            CoreMembers.TokenEndpointAuthMethod,
            $"{method} needs a public key to verify {string.Join(", ", algs)} with (RFC 7523 section 3)",
            key => Array.Exists(algs, key.CanVerify));
    }
}
