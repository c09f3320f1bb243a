using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Imports a client with the version that it has.</summary>
internal sealed class ImportClient(RegisteredClient client) : IMutation
{
    private readonly EncodedRecord<RegisteredClient> _imported = EncodedRecord.Of(client);

    public ChangeOutcome Check(WriteBatch writes) => writes.Clients.Find(_imported.Value.Id) is not { } current ? ChangeOutcome.Done
        : _imported.Bytes.AsSpan().SequenceEqual(ClientRecord.Encode(current)) ? ChangeOutcome.Repeated
        : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.Clients.Add(_imported.Value.Id);

    public void Apply(WriteBatch writes) => writes.Clients.Put(_imported.Value.Id, _imported);
}

/// <summary>Imports an initial access token.</summary>
internal sealed class ImportInitialAccessToken(InitialAccessToken token) : IMutation
{
    private readonly EncodedRecord<InitialAccessToken> _imported = EncodedRecord.Of(token);

    public ChangeOutcome Check(WriteBatch writes) =>
        writes.InitialAccessTokens.Find(_imported.Value.Id) is not { } current ? ChangeOutcome.Done
        : _imported.Bytes.AsSpan().SequenceEqual(InitialAccessTokenRecord.Encode(current)) ? ChangeOutcome.Repeated
        : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.InitialAccessTokens.Add(_imported.Value.Id);

    public void Apply(WriteBatch writes) => writes.InitialAccessTokens.Put(_imported.Value.Id, _imported);
}

/// <summary>Imports a one-time use.</summary>
internal sealed class ImportOneTimeUse(OneTimeUse use) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) =>
        writes.OneTimeUses.IsUsed(use) ? ChangeOutcome.Repeated : ChangeOutcome.Done;

    public void AddReads(ReadSet reads) => reads.OneTimeUses.Add(use.Key);

    public void Apply(WriteBatch writes) => writes.OneTimeUses.Add(use);
}

/// <summary>Imports an audit event with the sequence that it has.</summary>
internal sealed class ImportAuditEvent(long sequence) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => sequence == writes.NextSequence ? ChangeOutcome.Done
        : sequence < writes.NextSequence ? ChangeOutcome.Repeated
        : ChangeOutcome.NotFound;

    public void AddReads(ReadSet reads)
    {
        // The batch always knows the next sequence.
    }

    public void Apply(WriteBatch writes)
    {
        // The audit event of the change is the import.
    }
}

/// <summary>Sets the registration status with its block rules, whatever was stored.</summary>
internal sealed class ImportRegistrationStatus(RegistrationStatus status) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => ChangeOutcome.Done;

    public void AddReads(ReadSet reads)
    {
        // It replaces any previous status.
    }

    public void Apply(WriteBatch writes) => writes.SetRegistrationStatus(status);
}
