using System.Security.Cryptography;
using System.Text;

namespace GrpcDcr.Server.Model;

/// <summary>
/// The SHA-256 hash of a secret or token, which is stored in its place. A plain hash is enough, because every secret that this service
/// issues has 256 random bits, and secrets chosen by administrators are never stored. Prints as <c>***</c>.
/// </summary>
internal sealed class SecretHash
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>Matches nothing. Compare with it if there is no secret, so that both cases take the same time.</summary>
    public static SecretHash Unmatchable { get; } = new(new byte[Size]);

    private readonly byte[] _digest;

    private SecretHash(byte[] digest) => _digest = digest;

    public static SecretHash Of(string secret)
    {
        var digest = new byte[Size];
        Hash(secret, digest);
        return new SecretHash(digest);
    }

    /// <exception cref="ArgumentException"><paramref name="digest"/> is not <see cref="Size"/> bytes long.</exception>
    public static SecretHash FromBytes(ReadOnlySpan<byte> digest) => digest.Length == Size
        ? new SecretHash(digest.ToArray())
        : throw new ArgumentException($"A secret hash is {Size} bytes long, not {digest.Length}.", nameof(digest));

    public ReadOnlyMemory<byte> Bytes => _digest;

    /// <summary>Compares in a time that depends only on the length of <paramref name="secret"/>.</summary>
    public bool Matches(string secret)
    {
        Span<byte> presented = stackalloc byte[Size];
        Hash(secret, presented);
        return CryptographicOperations.FixedTimeEquals(presented, _digest);
    }

    /// <summary>Compares with the hash of a presented secret, which may be compared with several.</summary>
    public bool Matches(SecretHash presented) => CryptographicOperations.FixedTimeEquals(presented._digest, _digest);

    public override string ToString() => "***";

    private static void Hash(string secret, Span<byte> digest)
    {
        // Every secret and token of this service is shorter.
        Span<byte> octets = stackalloc byte[256];
        ReadOnlySpan<byte> text = Encoding.UTF8.TryGetBytes(secret, octets, out var count)
            ? octets[..count]
            : Encoding.UTF8.GetBytes(secret);
        SHA256.HashData(text, digest);
    }
}
