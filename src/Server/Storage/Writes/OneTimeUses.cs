using System.Buffers.Binary;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>The one-time uses of a batch.</summary>
/// <param name="stored">Whether the use of a key is stored.</param>
internal sealed class OneTimeUses(Func<SecretHash, bool> stored)
{
    private readonly Dictionary<SecretHash, OneTimeUse> _uses = new(OneTimeKeys.ByBytes);

    /// <summary>The uses that are new.</summary>
    public IReadOnlyCollection<OneTimeUse> New => _uses.Values;

    public bool IsUsed(OneTimeUse use) => _uses.ContainsKey(use.Key) || stored(use.Key);

    public void Add(OneTimeUse use) => _uses.Add(use.Key, use);
}

/// <summary>The keys of one-time uses are not secrets, so comparisons need not take constant time.</summary>
internal sealed class OneTimeKeys : IEqualityComparer<SecretHash>
{
    private OneTimeKeys()
    {
    }

    public static OneTimeKeys ByBytes { get; } = new();

    public bool Equals(SecretHash? x, SecretHash? y) => x is null || y is null ? x == y : x.Bytes.Span.SequenceEqual(y.Bytes.Span);

    public int GetHashCode(SecretHash obj) => BinaryPrimitives.ReadInt32LittleEndian(obj.Bytes.Span);
}
