using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>What changes leave behind, to and from the bytes that are kept of it; records are as they are kept themselves.</summary>
/// <param name="AddedClients">Clients that are new.</param>
/// <param name="ChangedClients">Clients that were there and are different now.</param>
/// <param name="RemovedClients">Clients that are gone.</param>
/// <param name="AddedTokens">Initial access tokens that are new.</param>
/// <param name="ChangedTokens">Initial access tokens that are different now.</param>
/// <param name="Statements">Software statements that had their one use.</param>
/// <param name="TurnedSwitch">The switch; <see langword="null"/> when it was not turned.</param>
/// <param name="Events">The audit events, in order.</param>
internal sealed record ChangesRecord(
    IEnumerable<byte[]> AddedClients,
    IEnumerable<byte[]> ChangedClients,
    IEnumerable<ClientId> RemovedClients,
    IEnumerable<byte[]> AddedTokens,
    IEnumerable<byte[]> ChangedTokens,
    IEnumerable<SoftwareStatementUse> Statements,
    byte[]? TurnedSwitch,
    IEnumerable<byte[]> Events)
{
    public byte[] Encode()
    {
        var stored = new StoredChanges
        {
            AddedClients = { AddedClients.Select(ToStored) },
            ChangedClients = { ChangedClients.Select(ToStored) },
            RemovedClients = { RemovedClients.Select(id => ToStored(id.ToBytes())) },
            AddedTokens = { AddedTokens.Select(ToStored) },
            ChangedTokens = { ChangedTokens.Select(ToStored) },
            Statements = { Statements.Select(ToStored) },
            Events = { Events.Select(ToStored) },
        };
        if (TurnedSwitch is { } turned)
        {
            stored.TurnedSwitch = ToStored(turned);
        }

        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are no changes (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static ChangesRecord Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var stored = StoredChanges.Parser.ParseFrom(bytes);
            return new ChangesRecord(
                stored.AddedClients.Select(ToBytes),
                stored.ChangedClients.Select(ToBytes),
                [.. stored.RemovedClients.Select(id => ClientId.FromBytes(id.Span))],
                stored.AddedTokens.Select(ToBytes),
                stored.ChangedTokens.Select(ToBytes),
                [.. stored.Statements.Select(ToUse)],
                stored.HasTurnedSwitch ? ToBytes(stored.TurnedSwitch) : null,
                stored.Events.Select(ToBytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new StorageException(StorageFailure.Corrupt, "Stored changes cannot be read.", e);
        }
    }

    private static ByteString ToStored(byte[] record) => UnsafeByteOperations.UnsafeWrap(record);

    private static byte[] ToBytes(ByteString stored) => stored.ToByteArray();

    private static StoredStatementUse ToStored(SoftwareStatementUse use) =>
        new() { Key = UnsafeByteOperations.UnsafeWrap(use.Key.Bytes), Until = use.Until.ToUnixTimeMilliseconds() };

    private static SoftwareStatementUse ToUse(StoredStatementUse stored) =>
        new(SecretHash.FromBytes(stored.Key.Span), DateTimeOffset.FromUnixTimeMilliseconds(stored.Until));
}
