using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// The strength of client authentication methods and of algorithms: a key pair is stronger than a shared secret, and that is stronger than
/// nothing.
/// </summary>
internal static class Strength
{
    /// <summary>No protection.</summary>
    private const int None = 0;

    /// <summary>A secret that is sent (RFC 6749 section 2.3.1).</summary>
    private const int SentSecret = 1;

    /// <summary>A secret that both sides know and neither sends; content encryption.</summary>
    private const int SharedSecret = 2;

    /// <summary>A key pair or a certificate.</summary>
    private const int KeyPair = 3;

    /// <summary>
    /// Whether a method or algorithm is stronger than another one. Of two with the same strength neither is, except that the two ways to
    /// send a secret count as one. A value that is not known is neither stronger nor weaker than any other.
    /// </summary>
    /// <param name="member">The member that names it.</param>
    /// <param name="next">The new value; <see langword="null"/> if it is absent.</param>
    /// <param name="before">The value before; <see langword="null"/> if it is absent.</param>
    public static bool IsStronger(MetadataMember member, string? next, string? before) =>
        (Of(member, next), Of(member, before)) is ({ } after, { } current)
        && (after > current || (after == SentSecret && current == SentSecret));

    private static int? Of(MetadataMember member, string? value) =>
        member == CoreMembers.TokenEndpointAuthMethod ? OfMethod(value ?? AuthMethods.ClientSecretBasic) : OfAlgorithm(value);

    private static int? OfMethod(string method) => method switch
    {
        AuthMethods.None => None,
        AuthMethods.ClientSecretBasic or AuthMethods.ClientSecretPost => SentSecret,
        AuthMethods.ClientSecretJwt => SharedSecret,
        AuthMethods.PrivateKeyJwt or AuthMethods.TlsClientAuth or AuthMethods.SelfSignedTlsClientAuth => KeyPair,
        _ => null,
    };

    /// <summary>An absent algorithm means plain content, or that any algorithm may be used.</summary>
    private static int? OfAlgorithm(string? name) => JoseAlgorithms.Find(name)?.Kind switch
    {
        _ when name is null => None,
        KeyKind.Secret => SharedSecret,
        KeyKind.Rsa or KeyKind.Curve => KeyPair,
        KeyKind.None => None,
        _ => JoseAlgorithms.ContentEncryptionNames.Contains(name) ? SharedSecret : null,
    };
}
