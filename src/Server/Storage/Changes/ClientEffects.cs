using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>A client comes.</summary>
internal sealed class AddClient(RegisteredClient client) : IEffect
{
    private readonly Kept<RegisteredClient> added = client.Version == 1
        ? Kept.Of(client)
        : throw new ArgumentException($"A new client has version 1, not {client.Version}.", nameof(client));

    public Ending Judge(Draft draft) =>
        draft.Clients.Find(added.Value.Id) is not { } current ? Ending.Done
        : added.Record.AsSpan().SequenceEqual(ClientRecord.Encode(current)) ? Ending.Repeated
        : Ending.IdTaken;

    public void Need(Needed needed) => needed.Clients.Add(added.Value.Id);

    public void Happen(Draft draft) => draft.Clients.Put(added.Value.Id, added);
}

/// <summary>A client becomes its next version.</summary>
internal sealed class ReplaceClient(RegisteredClient next, long expectedVersion) : IEffect
{
    private readonly Kept<RegisteredClient> replacement = next.Version == expectedVersion + 1
        ? Kept.Of(next)
        : throw new ArgumentException($"Version {expectedVersion} is followed by the next one, not by {next.Version}.", nameof(next));

    public Ending Judge(Draft draft) => draft.Clients.Find(replacement.Value.Id).Expecting(expectedVersion);

    public void Need(Needed needed) => needed.Clients.Add(replacement.Value.Id);

    public void Happen(Draft draft) => draft.Clients.Put(replacement.Value.Id, replacement);
}

/// <summary>A client goes.</summary>
internal sealed class RemoveClient(ClientId id, long expectedVersion) : IEffect
{
    public Ending Judge(Draft draft) => draft.Clients.Find(id).Expecting(expectedVersion);

    public void Need(Needed needed) => needed.Clients.Add(id);

    public void Happen(Draft draft) => draft.Clients.Remove(id);
}

/// <summary>What replacing and removing have in common.</summary>
internal static class ExpectedVersion
{
    public static Ending Expecting(this RegisteredClient? current, long version) =>
        current is null ? Ending.NotFound : current.Version == version ? Ending.Done : Ending.VersionConflict;
}
