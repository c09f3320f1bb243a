using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Uses up a software statement.</summary>
internal sealed class ConsumeSoftwareStatement(SoftwareStatementUse use) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) =>
        writes.SoftwareStatements.IsConsumed(use) ? ChangeOutcome.SoftwareStatementReplayed : ChangeOutcome.Done;

    public void AddReads(ReadSet reads) => reads.SoftwareStatements.Add(use.Key);

    public void Apply(WriteBatch writes) => writes.SoftwareStatements.Consume(use);
}
