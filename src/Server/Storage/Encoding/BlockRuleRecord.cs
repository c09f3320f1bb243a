using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A block rule to and from its stored message.</summary>
internal static class BlockRuleRecord
{
    public static StoredBlockRule ToStored(BlockRule rule)
    {
        var stored = new StoredBlockRule
        {
            Id = ByteString.CopyFrom(rule.Id.ToByteArray(bigEndian: true)),
            Subject = (int)rule.Subject,
            Value = rule.Value,
            Effect = (int)rule.Effect,
            Reason = rule.Reason,
            CreatedAt = rule.CreatedAt.ToUnixTimeMilliseconds(),
            CreatedBy = rule.CreatedBy,
        };
        if (rule.ExpiresAt is { } end)
        {
            stored.ExpiresAt = end.ToUnixTimeMilliseconds();
        }

        return stored;
    }

    /// <exception cref="ArgumentException">The message is not a block rule.</exception>
    public static BlockRule ToModel(StoredBlockRule stored) => new(
        new Guid(stored.Id.Span, bigEndian: true),
        Known((BlockSubject)stored.Subject),
        stored.Value,
        Known((BlockEffect)stored.Effect),
        stored.Reason,
        DateTimeOffset.FromUnixTimeMilliseconds(stored.CreatedAt),
        stored.CreatedBy,
        stored.HasExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ExpiresAt) : null);

    /// <summary>A rule that this program does not understand must not be skipped.</summary>
    private static T Known<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentException($"{value} is no {typeof(T).Name}.");
}
