using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>A client comes from another store, with the version it has.</summary>
internal sealed class ImportClient(RegisteredClient client) : IMutation
{
    private readonly EncodedRecord<RegisteredClient> _placed = EncodedRecord.Of(client);

    public ChangeOutcome Check(WriteBatch writes) => writes.Clients.Find(_placed.Value.Id) is not { } current ? ChangeOutcome.Done
        : _placed.Bytes.AsSpan().SequenceEqual(ClientRecord.Encode(current)) ? ChangeOutcome.Repeated
        : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.Clients.Add(_placed.Value.Id);

    public void Apply(WriteBatch writes) => writes.Clients.Put(_placed.Value.Id, _placed);
}

/// <summary>An initial access token comes from another store.</summary>
internal sealed class ImportInitialAccessToken(InitialAccessToken token) : IMutation
{
    private readonly EncodedRecord<InitialAccessToken> _placed = EncodedRecord.Of(token);

    public ChangeOutcome Check(WriteBatch writes) => writes.Tokens.Find(_placed.Value.Id) is not { } current ? ChangeOutcome.Done
        : _placed.Bytes.AsSpan().SequenceEqual(InitialAccessTokenRecord.Encode(current)) ? ChangeOutcome.Repeated
        : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.Tokens.Add(_placed.Value.Id);

    public void Apply(WriteBatch writes) => writes.Tokens.Put(_placed.Value.Id, _placed);
}

/// <summary>The use of a software statement comes from another store.</summary>
internal sealed class ImportSoftwareStatement(SoftwareStatementUse use) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => writes.SoftwareStatements.IsConsumed(use) ? ChangeOutcome.Repeated : ChangeOutcome.Done;

    public void AddReads(ReadSet reads) => reads.Statements.Add(use.Key);

    public void Apply(WriteBatch writes) => writes.SoftwareStatements.Consume(use);
}

/// <summary>An audit event comes from another store, and has the sequence that it had there.</summary>
internal sealed class ImportAuditEvent(long sequence) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => sequence == writes.NextSequence ? ChangeOutcome.Done
        : sequence < writes.NextSequence ? ChangeOutcome.Repeated
        : ChangeOutcome.NotFound;

    public void AddReads(ReadSet reads)
    {
        // Every writes knows the sequence.
    }

    public void Apply(WriteBatch writes)
    {
        // The event itself is all that happens.
    }
}
