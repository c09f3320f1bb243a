using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A block rule to and from its stored message.</summary>
internal static class BlockRuleRecord
{
    public static void Write(RecordWriter record, BlockRule rule)
    {
        record.Identifier(StoredBlockRule.IdFieldNumber, rule.Id);
        record.Number(StoredBlockRule.SubjectFieldNumber, (long)rule.Subject);
        record.Text(StoredBlockRule.ValueFieldNumber, rule.Value);
        record.Number(StoredBlockRule.EffectFieldNumber, (long)rule.Effect);
        record.Text(StoredBlockRule.ReasonFieldNumber, rule.Reason);
        record.Number(StoredBlockRule.CreatedAtFieldNumber, rule.CreatedAt.ToUnixTimeMilliseconds());
        record.Text(StoredBlockRule.CreatedByFieldNumber, rule.CreatedBy);
        record.Number(StoredBlockRule.ExpiresAtFieldNumber, rule.ExpiresAt?.ToUnixTimeMilliseconds());
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
