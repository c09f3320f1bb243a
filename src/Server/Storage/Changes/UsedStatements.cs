using System.Buffers.Binary;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>The software statements that a batch uses up.</summary>
/// <param name="stored">Whether the use of a statement is stored.</param>
internal sealed class UsedStatements(Func<SecretHash, bool> stored)
{
    private readonly Dictionary<SecretHash, StatementUse> uses = new(StatementKeys.ByBytes);

    /// <summary>The uses that are new.</summary>
    public IReadOnlyCollection<StatementUse> New => uses.Values;

    public bool IsUsed(StatementUse use) => uses.ContainsKey(use.Key) || stored(use.Key);

    public void Use(StatementUse use) => uses.Add(use.Key, use);
}

/// <summary>The keys of statements are no secrets: they may be compared in any time.</summary>
internal sealed class StatementKeys : IEqualityComparer<SecretHash>
{
    private StatementKeys()
    {
    }

    public static StatementKeys ByBytes { get; } = new();

    public bool Equals(SecretHash? x, SecretHash? y) => x is null || y is null ? x == y : x.Bytes.Span.SequenceEqual(y.Bytes.Span);

    public int GetHashCode(SecretHash obj) => BinaryPrimitives.ReadInt32LittleEndian(obj.Bytes.Span);
}
