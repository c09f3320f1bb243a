using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Sets the registration status.</summary>
internal sealed class SetRegistrationStatus(RegistrationStatus next) : IMutation
{
    private readonly EncodedRecord<RegistrationStatus> _next = EncodedRecord.Of(next);

    public ChangeOutcome Check(WriteBatch writes) => ChangeOutcome.Done;

    public void AddReads(ReadSet reads)
    {
        // It replaces any previous status.
    }

    public void Apply(WriteBatch writes) => writes.RegistrationStatus = _next;
}
