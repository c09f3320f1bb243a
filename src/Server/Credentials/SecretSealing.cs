using System.Security.Cryptography;
using System.Text;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Credentials;

/// <summary>
/// Encrypts the client secrets that an algorithm of the authorization server needs in plain text: AES-256-GCM, bound to the client. All
/// other secrets are stored as hashes only.
/// </summary>
/// <param name="keys">
/// 32 octets each. The first key encrypts, all keys decrypt, so that keys can be replaced. Empty: nothing can be encrypted.
/// </param>
internal sealed class SecretSealing(IReadOnlyList<byte[]> keys)
{
    public const int KeyBytes = 32;

    private const int NameBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = NameBytes + NonceBytes + TagBytes;

    public bool IsOn => keys.Count > 0;

    /// <summary>The name of the key, a nonce, the tag and the encrypted secret.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public byte[] Seal(ClientId client, Secret secret)
    {
        if (!IsOn)
        {
            throw new InvalidOperationException("Secrets cannot be sealed without a key.");
        }

        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        var sealedSecret = new byte[Overhead + plain.Length];
        var (name, nonce, tag, cipher) = Parts(sealedSecret);
        NameOf(keys[0]).CopyTo(name);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(keys[0], TagBytes);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span, client.ToBytes());
        return sealedSecret;
    }

    /// <summary>The secret; <see langword="null"/> if its key is unknown, or if it was encrypted for another client.</summary>
    public Secret? Open(ClientId client, ReadOnlyMemory<byte> sealedSecret)
    {
        if (sealedSecret.Length < Overhead)
        {
            return null;
        }

        var (name, nonce, tag, cipher) = Parts(sealedSecret.ToArray());
        if (keys.FirstOrDefault(key => NameOf(key).AsSpan().SequenceEqual(name.Span)) is not { } key)
        {
            return null;
        }

        var plain = new byte[cipher.Length];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain, client.ToBytes());
            return new Secret(Encoding.UTF8.GetString(plain));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (Memory<byte> Name, Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] whole) => (
        whole.AsMemory(0, NameBytes),
        whole.AsMemory(NameBytes, NonceBytes),
        whole.AsMemory(NameBytes + NonceBytes, TagBytes),
        whole.AsMemory(Overhead));

    private static byte[] NameOf(byte[] key) => SHA256.HashData(key)[..NameBytes];
}
