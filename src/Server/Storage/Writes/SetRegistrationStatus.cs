using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Closes or opens registration. The block rules stay.</summary>
internal sealed class SetRegistrationStatus : IMutation
{
    private readonly RegistrationStatus _next;

    /// <exception cref="ArgumentException">The status is too large.</exception>
    public SetRegistrationStatus(RegistrationStatus next) => _next = EncodedRecord.Of(next).Value;

    public ChangeOutcome Check(WriteBatch writes) => ChangeOutcome.Done;

    public void AddReads(ReadSet reads) => reads.RegistrationStatus = true;

    public void Apply(WriteBatch writes) =>
        writes.SetRegistrationStatus(_next with { BlockRules = writes.CurrentRegistrationStatus.BlockRules });
}
