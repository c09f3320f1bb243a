using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>The stored records, and the writes of the changes of a batch so far.</summary>
internal sealed class WriteBatch(
    Func<ClientId, RegisteredClient?> client,
    Func<InitialAccessTokenId, InitialAccessToken?> initialAccessToken,
    Func<SecretHash, bool> isUsed,
    Func<RegistrationStatus> registrationStatus,
    long lastSequence)
{
    public WriteSet<ClientId, RegisteredClient> Clients { get; } = new(client);

    public WriteSet<InitialAccessTokenId, InitialAccessToken> InitialAccessTokens { get; } = new(initialAccessToken);

    public OneTimeUses OneTimeUses { get; } = new(isUsed);

    /// <summary>The sequence of the next audit event.</summary>
    public long NextSequence { get; private set; } = lastSequence + 1;

    /// <summary>The registration status, if the batch sets it; <see langword="null"/> otherwise.</summary>
    public EncodedRecord<RegistrationStatus>? RegistrationStatus { get; private set; }

    /// <summary>The registration status after the writes so far.</summary>
    public RegistrationStatus CurrentRegistrationStatus => RegistrationStatus?.Value ?? registrationStatus();

    public void SetRegistrationStatus(RegistrationStatus next) =>
        RegistrationStatus = new EncodedRecord<RegistrationStatus>(next, RegistrationStatusRecord.Encode(next));

    /// <summary>Counts the audit event of an accepted change.</summary>
    public void CountEvent() => NextSequence++;
}
