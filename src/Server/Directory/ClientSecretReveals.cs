using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Directory;

/// <summary>Client secrets in plain text, for authorization servers that need them. Revealing one is an act and is recorded.</summary>
internal sealed class ClientSecretReveals(IRegistrationStore store, ClientSecrets secrets, AuditedAct audited, TimeProvider time)
{
    /// <summary>The valid secrets of an active client whose algorithms need them, the newest first.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="RegistrationRefusedException">There is no secret to reveal.</exception>
    public Task<IReadOnlyList<Secret>> RevealAsync(string clientId, ActRequest request, CancellationToken cancellationToken)
    {
        var id = ClientId.TryParse(clientId, out var known) ? known : (ClientId?)null;
        return audited.RunAsync(
            AuditEventType.ClientSecretRevealed,
            id,
            request,
            async attempted =>
            {
                var client = id is { } wanted ? await store.GetCachedAsync(wanted, cancellationToken) : null;
                var revealed = Reveal(client);
                await store.RecordAsync(attempted, cancellationToken);
                return revealed;
            },
            cancellationToken);
    }

    private IReadOnlyList<Secret> Reveal(RegisteredClient? client) => client switch
    {
        null => throw new RegistrationRefusedException(new RegistrationFault.ClientNotFound()),
        { State: not ClientState.Active } => throw new RegistrationRefusedException(
            new RegistrationFault.StateForbids(client.State, "asked for its secret", "ACTIVE")),
        { Secret: null } => throw new RegistrationRefusedException(new RegistrationFault.ClientHasNoSecret()),
        { Secret.Sealed: null } => throw new RegistrationRefusedException(new RegistrationFault.SecretNotRecoverable()),
        _ when secrets.Reveal(client, time.GetUtcNow()) is { Count: > 0 } revealed => revealed,
        _ => throw new RegistrationRefusedException(new RegistrationFault.ClientHasNoSecret()),
    };
}
