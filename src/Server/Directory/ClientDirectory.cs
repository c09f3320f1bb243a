using System.Diagnostics;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Directory;

/// <summary>What an authorization server asks about clients.</summary>
internal sealed partial class ClientDirectory(
    IClientReader clients, RegistrationMetrics metrics, TimeProvider time, ILogger<ClientDirectory> logger)
{
    /// <exception cref="RegistrationRefusedException">The client does not exist.</exception>
    public async ValueTask<RegisteredClient> GetAsync(string clientId, CancellationToken cancellationToken) =>
        await GetCachedAsync(clientId, cancellationToken)
        ?? throw new RegistrationRefusedException(new RegistrationFault.ClientNotFound());

    /// <summary>Succeeds for an active client with a correct secret that has not expired. All other cases have the same fault.</summary>
    /// <param name="clientId">The identifier presented.</param>
    /// <param name="secret">The secret presented.</param>
    /// <param name="method">The authentication method; <see langword="null"/> if it is not checked.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    public async ValueTask<RegisteredClient> AuthenticateAsync(
        string clientId, string secret, string? method, CancellationToken cancellationToken)
    {
        var (client, refusal) = Authenticate(await GetCachedAsync(clientId, cancellationToken), secret, method);
        if (refusal is not null && ClientId.TryParse(clientId, out var id))
        {
            // Another instance may have issued this secret a moment ago.
            (client, refusal) = Authenticate(await clients.FindAsync(id, cancellationToken), secret, method);
        }

        metrics.Authenticated(refusal is null);
        if (refusal is null)
        {
            return client!;
        }

        LogNotAuthenticated(client?.Id, refusal);
        throw new RegistrationRefusedException(new RegistrationFault.InvalidClient());
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

    private async ValueTask<RegisteredClient?> GetCachedAsync(string clientId, CancellationToken cancellationToken) =>
        ClientId.TryParse(clientId, out var id) ? await clients.GetCachedAsync(id, cancellationToken) : null;

    /// <summary>The hash is always computed and compared, so that the time is the same for an unknown client.</summary>
    private (RegisteredClient? Client, string? Refusal) Authenticate(RegisteredClient? client, string secret, string? method) =>
        (client, RefusalOf(client, ClientSecrets.Match(client?.Secret, secret, time.GetUtcNow()), method));

    private static string? RefusalOf(RegisteredClient? client, SecretMatch match, string? method) => client switch
    {
        null => "unknown client",
        { Secret: null } => "the client has no secret",
        _ when match == SecretMatch.Wrong => "wrong secret",
        _ when match == SecretMatch.Expired => "expired secret",
        { State: not ClientState.Active } => "the client is not active",
        _ when !AuthMethods.SendsSecret(client.Metadata.TokenEndpointAuthMethod) => "the registered method sends no secret",
        _ when method is not null && method != client.Metadata.TokenEndpointAuthMethod => "another method is registered",
        _ when match == SecretMatch.Good => null,
        _ => throw new UnreachableException($"{match} is no result of comparing a secret."),
    };

    [LoggerMessage(2021, LogLevel.Information, "Failed to authenticate client {ClientId}: {Refusal}")]
    private partial void LogNotAuthenticated(ClientId? clientId, string refusal);
}
