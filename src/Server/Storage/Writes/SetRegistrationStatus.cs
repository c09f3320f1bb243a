using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>The switch of registration is turned.</summary>
internal sealed class SetRegistrationStatus(RegistrationStatus next) : IMutation
{
    private readonly EncodedRecord<RegistrationStatus> _next = EncodedRecord.Of(next);

    public ChangeOutcome Check(WriteBatch writes) => ChangeOutcome.Done;

    public void AddReads(ReadSet reads)
    {
        // It turns whatever was before.
    }

    public void Apply(WriteBatch writes) => writes.RegistrationStatus = _next;
}
