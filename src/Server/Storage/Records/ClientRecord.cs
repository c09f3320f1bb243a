using System.Text.Json;
using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Records;

/// <summary>A client to and from the bytes an engine keeps.</summary>
internal static class ClientRecord
{
    public static byte[] Encode(RegisteredClient client)
    {
        var stored = new StoredClient
        {
            ClientId = ByteString.CopyFrom(client.Id.ToBytes()),
            Version = client.Version,
            State = (int)client.State,
            Metadata = MetadataRecord.ToStored(client.Metadata),
            IssuedAt = client.IssuedAt.ToUnixTimeMilliseconds(),
            UpdatedAt = client.UpdatedAt.ToUnixTimeMilliseconds(),
            AdmittedBy = client.AdmittedBy,
        };
        if (client.StateReason is { } reason)
        {
            stored.StateReason = reason;
        }

        if (client.SourceAddress is { } address)
        {
            stored.SourceAddress = address;
        }

        if (client.Secret is { } secret)
        {
            stored.SecretSha256 = ByteString.CopyFrom(secret.Hash.Bytes.Span);
            if (secret.ExpiresAt is { } expiry)
            {
                stored.SecretExpiresAt = expiry.ToUnixTimeMilliseconds();
            }
        }

        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are no client (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static RegisteredClient Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ToModel(StoredClient.Parser.ParseFrom(bytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or JsonException)
        {
            throw new StorageException(StorageFailure.Corrupt, "A stored client cannot be read.", e);
        }
    }

    private static RegisteredClient ToModel(StoredClient stored) => new()
    {
        Id = Model.ClientId.FromBytes(stored.ClientId.Span),
        Version = stored.Version,
        State = Enum.IsDefined((ClientState)stored.State)
            ? (ClientState)stored.State
            : throw new ArgumentException($"{stored.State} is no client state."),
        StateReason = stored.HasStateReason ? stored.StateReason : null,
        Metadata = MetadataRecord.ToModel(stored.Metadata),
        Secret = stored.HasSecretSha256
            ? new ClientSecret(
                SecretHash.FromBytes(stored.SecretSha256.Span),
                stored.HasSecretExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.SecretExpiresAt) : null)
            : null,
        IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(stored.IssuedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(stored.UpdatedAt),
        AdmittedBy = stored.AdmittedBy,
        SourceAddress = stored.HasSourceAddress ? stored.SourceAddress : null,
    };
}
