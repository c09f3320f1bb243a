using System.Buffers.Binary;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>The software statements that a batch uses up.</summary>
/// <param name="stored">Whether the use of a software statement is stored.</param>
internal sealed class ConsumedSoftwareStatements(Func<SecretHash, bool> stored)
{
    private readonly Dictionary<SecretHash, SoftwareStatementUse> _uses = new(SoftwareStatementKeys.ByBytes);

    /// <summary>The uses that are new.</summary>
    public IReadOnlyCollection<SoftwareStatementUse> New => _uses.Values;

    public bool IsConsumed(SoftwareStatementUse use) => _uses.ContainsKey(use.Key) || stored(use.Key);

    public void Consume(SoftwareStatementUse use) => _uses.Add(use.Key, use);
}

/// <summary>The keys of software statements are no secrets: comparing them need not take constant time.</summary>
internal sealed class SoftwareStatementKeys : IEqualityComparer<SecretHash>
{
    private SoftwareStatementKeys()
    {
    }

    public static SoftwareStatementKeys ByBytes { get; } = new();

    public bool Equals(SecretHash? x, SecretHash? y) => x is null || y is null ? x == y : x.Bytes.Span.SequenceEqual(y.Bytes.Span);

    public int GetHashCode(SecretHash obj) => BinaryPrimitives.ReadInt32LittleEndian(obj.Bytes.Span);
}
