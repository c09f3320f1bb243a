using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>A software statement has its one use.</summary>
internal sealed class UseStatement(StatementUse use) : IEffect
{
    public Ending Judge(Draft draft) => draft.Statements.IsUsed(use) ? Ending.StatementReplayed : Ending.Done;

    public void Need(Needed needed) => needed.Statements.Add(use.Key);

    public void Happen(Draft draft) => draft.Statements.Use(use);
}
