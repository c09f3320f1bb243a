using System.Diagnostics;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Directory;

/// <summary>What an authorization server asks about clients.</summary>
internal sealed partial class ClientDirectory(
    IClientReader clients, ServiceMetrics metrics, TimeProvider time, ILogger<ClientDirectory> logger)
{
    /// <exception cref="RegistrationRefusedException">The client does not exist.</exception>
    public async ValueTask<RegisteredClient> GetAsync(string clientId, CancellationToken cancellationToken) =>
        (ClientId.TryParse(clientId, out var id) ? await clients.GetCachedAsync(id, cancellationToken) : null)
        ?? throw new RegistrationRefusedException(new RegistrationFault.ClientNotFound());

    /// <summary>
    /// Succeeds for an active client with a correct secret that has not expired. An active client whose method sends no secret has a fault
    /// of its own; all other cases have the same fault, after the same work (one hash, one query of the store) and time.
    /// </summary>
    /// <param name="clientId">The identifier presented.</param>
    /// <param name="secret">The secret presented.</param>
    /// <param name="method">How it was presented: a method that sends a secret.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="RegistrationRefusedException">The client is not authenticated, or <paramref name="method"/> is wrong.</exception>
    public async ValueTask<RegisteredClient> AuthenticateAsync(
        string clientId, Secret secret, string method, CancellationToken cancellationToken)
    {
        if (!AuthMethods.SendsSecret(method))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                CoreMembers.TokenEndpointAuthMethod,
                $"{CoreMembers.TokenEndpointAuthMethod} must be {AuthMethods.ClientSecretBasic} or {AuthMethods.ClientSecretPost}."));
        }

        var started = TimeProvider.System.GetTimestamp();
        var hash = SecretHash.Of(secret.Reveal());
        var isId = ClientId.TryParse(clientId, out var id);
        var client = isId ? clients.FindCached(id) : null;
        var refusal = RefusalOf(client, hash, method);
        if (refusal is not null && isId)
        {
            // Another instance may have issued this secret a moment ago.
            client = await clients.FindAsync(id, cancellationToken);
            refusal = RefusalOf(client, hash, method);
        }

        metrics.Authenticated(refusal is null);
        if (refusal is null)
        {
            return client!;
        }

        LogNotAuthenticated(client?.Id, refusal);
        await RefusalTime.PassAsync(started, cancellationToken);
        throw new RegistrationRefusedException(FaultOf(client));
    }

    /// <summary>The URI to redirect to, or <see langword="null"/> if that of the request is not allowed.</summary>
    /// <param name="clientId">The client that requests authorization.</param>
    /// <param name="requested">The <c>redirect_uri</c> of the request; <see langword="null"/> when it had none.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    public async ValueTask<string?> ChooseRedirectUriAsync(string clientId, string? requested, CancellationToken cancellationToken)
    {
        var client = await GetAsync(clientId, cancellationToken);
        return client.State == ClientState.Active ? RedirectUriMatch.Choose(client.Metadata.RedirectUris, requested) : null;
    }

    private static RegistrationFault FaultOf(RegisteredClient? client) =>
        client is { State: ClientState.Active, Metadata.TokenEndpointAuthMethod: var registered } && !AuthMethods.SendsSecret(registered)
            ? new RegistrationFault.ClientSendsNoSecret(registered)
            : new RegistrationFault.InvalidClient();

    /// <summary>The secret is always compared, so that the time is the same for an unknown client.</summary>
    private string? RefusalOf(RegisteredClient? client, SecretHash presented, string method) =>
        RefusalOf(client, ClientSecrets.Match(client?.Secret, presented, time.GetUtcNow()), method);

    private static string? RefusalOf(RegisteredClient? client, SecretMatch match, string method) => client switch
    {
        null => "unknown client",
        { Secret: null } => "the client has no secret",
        _ when match == SecretMatch.Wrong => "wrong secret",
        _ when match == SecretMatch.Expired => "expired secret",
        { State: not ClientState.Active } => "the client is not active",
        _ when !AuthMethods.SendsSecret(client.Metadata.TokenEndpointAuthMethod) => "the registered method sends no secret",
        _ when method != client.Metadata.TokenEndpointAuthMethod => "another method is registered",
        _ when match == SecretMatch.Good => null,
        _ => throw new UnreachableException($"{match} is no result of comparing a secret."),
    };

    [LoggerMessage(2021, LogLevel.Information, "Failed to authenticate client {ClientId}: {Refusal}")]
    private partial void LogNotAuthenticated(ClientId? clientId, string refusal);
}
