using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Records a one-time use.</summary>
internal sealed class UseOnce(OneTimeUse use) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) =>
        !writes.OneTimeUses.IsUsed(use) ? ChangeOutcome.Done
        : use.Result is null ? ChangeOutcome.SoftwareStatementReplayed
        : ChangeOutcome.RequestRepeated;

    public void AddReads(ReadSet reads) => reads.OneTimeUses.Add(use.Key);

    public void Apply(WriteBatch writes) => writes.OneTimeUses.Add(use);
}
