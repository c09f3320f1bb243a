using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Adds a client.</summary>
internal sealed class AddClient(RegisteredClient client) : IMutation
{
    private readonly EncodedRecord<RegisteredClient> _added = client.Version == 1
        ? EncodedRecord.Of(client)
        : throw new ArgumentException($"A new client has version 1, not {client.Version}.", nameof(client));

    public int Bytes => _added.Bytes.Length;

    public ChangeOutcome Check(WriteBatch writes) =>
        writes.Clients.Find(_added.Value.Id) is not { } current ? ChangeOutcome.Done
        : _added.Bytes.AsSpan().SequenceEqual(ClientRecord.Encode(current)) ? ChangeOutcome.Repeated
        : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.Clients.Add(_added.Value.Id);

    public void Apply(WriteBatch writes) => writes.Clients.Put(_added.Value.Id, _added);
}

/// <summary>Replaces a client with its next version.</summary>
internal sealed class ReplaceClient(RegisteredClient next, long expectedVersion) : IMutation
{
    private readonly EncodedRecord<RegisteredClient> _replacement = next.Version == expectedVersion + 1
        ? EncodedRecord.Of(next)
        : throw new ArgumentException($"Version {expectedVersion} is followed by the next one, not by {next.Version}.", nameof(next));

    public int Bytes => _replacement.Bytes.Length;

    public ChangeOutcome Check(WriteBatch writes) => writes.Clients.Find(_replacement.Value.Id).Expecting(expectedVersion);

    public void AddReads(ReadSet reads) => reads.Clients.Add(_replacement.Value.Id);

    public void Apply(WriteBatch writes) => writes.Clients.Put(_replacement.Value.Id, _replacement);
}

/// <summary>Removes a client.</summary>
internal sealed class RemoveClient(ClientId id, long expectedVersion) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => writes.Clients.Find(id).Expecting(expectedVersion);

    public void AddReads(ReadSet reads) => reads.Clients.Add(id);

    public void Apply(WriteBatch writes) => writes.Clients.Remove(id);
}

/// <summary>Common parts of replacing and removing.</summary>
internal static class ExpectedVersion
{
    public static ChangeOutcome Expecting(this RegisteredClient? current, long version) =>
        current is null ? ChangeOutcome.NotFound
        : current.Version == version ? ChangeOutcome.Done
        : ChangeOutcome.VersionConflict;
}
