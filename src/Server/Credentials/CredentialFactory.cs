using System.Buffers.Text;
using System.Security.Cryptography;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Credentials;

/// <summary>The one source of identifiers, secrets and tokens.</summary>
internal sealed class CredentialFactory(TimeProvider time)
{
    /// <summary>256 bits: the probability of guessing one is far below the 2^-160 that RFC 6749 section 10.10 recommends.</summary>
    private const int SecretBytes = 32;

    /// <summary>A UUID version 7: time-ordered, so that clients are stored and listed in the order of registration.</summary>
    public ClientId NewClientId() => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>
    /// 43 characters <c>[A-Za-z0-9_-]</c>, or more if an algorithm needs a longer one: form-encoding for HTTP Basic (RFC 6749 section
    /// 2.3.1) leaves them unchanged.
    /// </summary>
    /// <param name="minimumOctets">The minimum length.</param>
    public static Secret NewSecret(int minimumOctets = 0) =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Math.Max(SecretBytes, minimumOctets * 3 / 4))));
}
