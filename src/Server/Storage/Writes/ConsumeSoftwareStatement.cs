using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>A software statement has its one use.</summary>
internal sealed class ConsumeSoftwareStatement(SoftwareStatementUse use) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => writes.SoftwareStatements.IsConsumed(use) ? ChangeOutcome.SoftwareStatementReplayed : ChangeOutcome.Done;

    public void AddReads(ReadSet reads) => reads.Statements.Add(use.Key);

    public void Apply(WriteBatch writes) => writes.SoftwareStatements.Consume(use);
}
