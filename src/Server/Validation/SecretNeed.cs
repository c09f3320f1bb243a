using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation.Members;

namespace GrpcDcr.Server.Validation;

/// <summary>Whether what a client registers needs a client secret, and in which form it must be kept.</summary>
internal sealed class SecretNeed
{
    /// <summary>No secret.</summary>
    public static SecretNeed None { get; } = new();

    /// <summary>The client sends the secret itself, so a hash of it is enough.</summary>
    public static SecretNeed Hashed { get; } = new();

    /// <summary>
    /// An algorithm works with the secret, so it must be possible to read it again. 64 octets are enough for HS512, the longest of them
    /// (OpenID Connect Core section 16.19).
    /// </summary>
    public static SecretNeed Sealed { get; } = new() { MinimumOctets = 64 };

    private SecretNeed()
    {
    }

    /// <summary>How long the secret must be, in octets of UTF-8; 0 where nothing asks for a length.</summary>
    public int MinimumOctets { get; private init; }

    /// <summary>
    /// What registered metadata needs. An algorithm can need a secret that the client authentication method does not (OpenID Connect
    /// Registration section 2, <c>request_object_encryption_alg</c>).
    /// </summary>
    public static SecretNeed Of(ClientMetadata registered) =>
        registered.TokenEndpointAuthMethod == AuthMethods.ClientSecretJwt || UsesSymmetricAlgorithm(registered) ? Sealed
        : AuthMethods.UsesSecret(registered.TokenEndpointAuthMethod) ? Hashed
        : None;

    private static bool UsesSymmetricAlgorithm(ClientMetadata registered) =>
        AlgorithmTable.Signing.Any(row => JoseAlgorithms.IsSymmetric(registered.Text(row.Member)))
        || AlgorithmTable.Encryption.Any(row => JoseAlgorithms.IsSymmetric(registered.Text(row.AlgMember)));
}
