using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>What is stored, with the changes of a batch upon it as far as they are judged.</summary>
internal sealed class Draft(
    Func<ClientId, RegisteredClient?> client,
    Func<InitialAccessTokenId, InitialAccessToken?> token,
    Func<SecretHash, bool> isUsed,
    long lastSequence)
{
    public Fates<ClientId, RegisteredClient> Clients { get; } = new(client);

    public Fates<InitialAccessTokenId, InitialAccessToken> Tokens { get; } = new(token);

    public UsedStatements Statements { get; } = new(isUsed);

    /// <summary>The sequence of the next audit event.</summary>
    public long NextSequence { get; private set; } = lastSequence + 1;

    /// <summary>The switch, where the batch turns it; <see langword="null"/> where it does not.</summary>
    public Kept<RegistrationSwitch>? Switch { get; set; }

    /// <summary>A change happens that has an audit event.</summary>
    public void Record() => NextSequence++;
}
