using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation.Members;

namespace GrpcDcr.Server.Validation;

/// <summary>Whether a client needs a client secret, and in which form it must be stored.</summary>
internal sealed class SecretNeed
{
    /// <summary>No secret.</summary>
    public static SecretNeed None { get; } = new();

    /// <summary>The client sends the secret, so a hash is enough.</summary>
    public static SecretNeed Hashed { get; } = new();

    /// <summary>
    /// An algorithm needs the secret itself, so it must be stored encrypted. 64 octets are enough for HS512, the longest of them (OpenID
    /// Connect Core section 16.19).
    /// </summary>
    public static SecretNeed Sealed { get; } = new() { MinimumOctets = 64 };

    private SecretNeed()
    {
    }

    /// <summary>The minimum length of the secret, in octets of UTF-8; 0 for no minimum.</summary>
    public int MinimumOctets { get; private init; }

    /// <summary>
    /// The need of registered metadata. An algorithm can need a secret although the client authentication method does not (OpenID Connect
    /// Registration section 2, <c>request_object_encryption_alg</c>).
    /// </summary>
    public static SecretNeed Of(ClientMetadata registered) =>
        registered.TokenEndpointAuthMethod == AuthMethods.ClientSecretJwt
            || (registered.Values.HaveExtensions && UsesSymmetricAlgorithm(registered)) ? Sealed
        : AuthMethods.UsesSecret(registered.TokenEndpointAuthMethod) ? Hashed
        : None;

    private static bool UsesSymmetricAlgorithm(ClientMetadata registered) =>
        AlgorithmTable.Signing.Any(row => JoseAlgorithms.IsSymmetric(registered.Text(row.Member)))
        || AlgorithmTable.Encryption.Any(row => JoseAlgorithms.IsSymmetric(registered.Text(row.AlgMember)));
}
