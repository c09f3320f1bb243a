using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Credentials;

/// <summary>The one source of identifiers, secrets and tokens.</summary>
internal sealed class CredentialFactory(TimeProvider time)
{
    /// <summary>256 bits: the probability of guessing one is far below the 2^-160 that RFC 6749 section 10.10 recommends.</summary>
    public const int SecretBytes = 32;

    /// <summary>No algorithm needs more.</summary>
    private const int MaxSecretBytes = 256;

    private const int IdBytes = 16;
    private const int TimeBytes = 6;

    /// <summary>
    /// A UUID version 7 (RFC 9562 section 5.7): time-ordered, so that clients are stored and listed in the order of registration.
    /// </summary>
    public ClientId NewClientId()
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        RandomBytes.Fill(bytes[TimeBytes..]);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return ClientId.FromBytes(bytes);
    }

    /// <summary>
    /// 43 characters <c>[A-Za-z0-9_-]</c>, or more if an algorithm needs a longer one: form-encoding for HTTP Basic (RFC 6749 section
    /// 2.3.1) leaves them unchanged.
    /// </summary>
    /// <param name="minimumOctets">The minimum length.</param>
    public static Secret NewSecret(int minimumOctets = 0)
    {
        var octets = Math.Max(SecretBytes, minimumOctets * 3 / 4);
        return new Secret(string.Create(Base64Url.GetEncodedLength(octets), octets, WriteSecret));
    }

    /// <summary>Writes a new secret of so many random octets in base64url (RFC 4648 section 5).</summary>
    public static void WriteSecret(Span<char> destination, int octets)
    {
        Span<byte> random = (stackalloc byte[MaxSecretBytes])[..octets];
        RandomBytes.Fill(random);
        Base64Url.EncodeToChars(random, destination);
        CryptographicOperations.ZeroMemory(random);
    }
}
