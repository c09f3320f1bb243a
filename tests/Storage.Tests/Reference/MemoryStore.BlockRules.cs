using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;
using static GrpcDcr.Storage.Tests.Reference.MemoryRules;

namespace GrpcDcr.Storage.Tests.Reference;

/// <content>Block rules.</content>
internal sealed partial class MemoryStore
{
    public ValueTask<AddBlockRuleOutcome> AddBlockRuleAsync(BlockRule rule, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, [], auditEvent);
        return Ask(() =>
        {
            var kept = home.Status.BlockRules.Where(known => known.IsInEffect(rule.CreatedAt)).Append(rule).ToList();
            if (kept.Count > 500 || RegistrationStatusRecord.Encode(home.Status with { BlockRules = kept }).Length > 200 * 1024)
            {
                return AddBlockRuleOutcome.TooMany;
            }

            home.Status = home.Status with { BlockRules = kept };
            Record(auditEvent);
            return AddBlockRuleOutcome.Added;
        }, cancellationToken);
    }

    public ValueTask<RemoveOutcome> RemoveBlockRuleAsync(Guid id, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        MustBe(true, [], auditEvent);
        return Ask(() =>
        {
            var rules = home.Status.BlockRules;
            if (!rules.Any(rule => rule.Id == id))
            {
                return RemoveOutcome.NotFound;
            }

            home.Status = home.Status with { BlockRules = [.. rules.Where(rule => rule.Id != id)] };
            Record(auditEvent);
            return RemoveOutcome.Removed;
        }, cancellationToken);
    }
}
