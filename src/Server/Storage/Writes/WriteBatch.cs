using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>What is stored, with the changes of a batch upon it as far as they are validated.</summary>
internal sealed class WriteBatch(
    Func<ClientId, RegisteredClient?> client,
    Func<InitialAccessTokenId, InitialAccessToken?> token,
    Func<SecretHash, bool> isUsed,
    long lastSequence)
{
    public WriteSet<ClientId, RegisteredClient> Clients { get; } = new(client);

    public WriteSet<InitialAccessTokenId, InitialAccessToken> Tokens { get; } = new(token);

    public ConsumedSoftwareStatements SoftwareStatements { get; } = new(isUsed);

    /// <summary>The sequence of the next audit event.</summary>
    public long NextSequence { get; private set; } = lastSequence + 1;

    /// <summary>The switch, where the batch turns it; <see langword="null"/> where it does not.</summary>
    public EncodedRecord<RegistrationStatus>? RegistrationStatus { get; set; }

    /// <summary>A change happens that has an audit event.</summary>
    public void CountEvent() => NextSequence++;
}
