using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Storage.Tests.Reference;

/// <summary>What the calls of a <see cref="MemoryStore"/> have in common.</summary>
internal static class MemoryRules
{
    private const int MaxRecordBytes = 256 * 1024;

    public static Page<T> PageOf<T>(IEnumerable<T> found, int size, Func<T, byte[]> key)
    {
        var items = found.Take(size + 1).ToList();
        return items.Count <= size ? new(items, null) : new(items[..size], new PageToken(key(items[size - 1])));
    }

    public static void MustBe(bool asTheRulesHaveIt, byte[] record, AuditEvent auditEvent)
    {
        if (!asTheRulesHaveIt || record.Length > MaxRecordBytes || AuditRecord.Encode(auditEvent).Length > MaxRecordBytes)
        {
            throw new ArgumentException("Not to be asked.");
        }
    }

    public static string KeyOf(SecretHash key) => Convert.ToHexString(key.Bytes.Span);

    public static ClientCounts CountsOf(IReadOnlyCollection<RegisteredClient> clients) => new(
        clients.GroupBy(c => c.State).ToDictionary(group => group.Key, group => group.LongCount()),
        clients.LongCount(c => c.PendingUpdate is not null),
        clients.LongCount(c => c.IsAwaitingApproval),
        clients.Where(c => c.State == ClientState.Pending).MinBy(c => c.Id)?.IssuedAt);
}
