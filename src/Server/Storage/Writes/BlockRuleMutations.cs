using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>How many block rules there can be: each registration is checked against all of them.</summary>
internal static class BlockRuleLimits
{
    public const int MaxRules = 500;

    /// <summary>Of the stored record with all of them.</summary>
    public const int MaxBytes = 200 * 1024;
}

/// <summary>Adds a block rule, and removes those that have expired when it is created.</summary>
internal sealed class AddBlockRule(BlockRule rule) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes)
    {
        var next = Next(writes);
        return next.BlockRules.Count <= BlockRuleLimits.MaxRules && RegistrationStatusRecord.Encode(next).Length <= BlockRuleLimits.MaxBytes
            ? ChangeOutcome.Done
            : ChangeOutcome.TooMany;
    }

    public void AddReads(ReadSet reads) => reads.RegistrationStatus = true;

    public void Apply(WriteBatch writes) => writes.SetRegistrationStatus(Next(writes));

    private RegistrationStatus Next(WriteBatch writes)
    {
        var current = writes.CurrentRegistrationStatus;
        return current with { BlockRules = [.. current.BlockRules.Where(known => known.IsInEffect(rule.CreatedAt)), rule] };
    }
}

/// <summary>Removes a block rule.</summary>
internal sealed class RemoveBlockRule(Guid id) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) =>
        writes.CurrentRegistrationStatus.BlockRules.Any(rule => rule.Id == id) ? ChangeOutcome.Done : ChangeOutcome.NotFound;

    public void AddReads(ReadSet reads) => reads.RegistrationStatus = true;

    public void Apply(WriteBatch writes)
    {
        var current = writes.CurrentRegistrationStatus;
        writes.SetRegistrationStatus(current with { BlockRules = [.. current.BlockRules.Where(rule => rule.Id != id)] });
    }
}
