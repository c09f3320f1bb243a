using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Client secrets in plain text, for an authorization server that needs them for <c>client_secret_jwt</c>, HMAC signatures or symmetric
/// encryption. To check a secret that a client presents, use <see cref="ClientDirectoryClient.AuthenticateAsync"/>. Safe for concurrent
/// use; tests can derive from it.
/// </summary>
public class ClientSecretsClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientSecrets.ClientSecretsClient _stub;

    internal ClientSecretsClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientSecrets.ClientSecretsClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected ClientSecretsClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Reveals the secrets of a client whose algorithms need the secret itself. The call is recorded in the audit log. Never log the
    /// response.
    /// </summary>
    /// <param name="clientId">The client whose secrets are needed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The valid secrets, the newest first; two during the overlap of a rotation. Sign and encrypt with the first; accept what any of them
    /// verifies. Empty when there is none to reveal: the client is unknown or not active, its algorithms need none, or its secret has
    /// expired. Then answer with <c>invalid_client</c> (RFC 6749 section 5.2).
    /// </returns>
    /// <exception cref="GrpcDcrException">The call failed.</exception>
    public virtual async Task<IReadOnlyList<string>> RevealAsync(string clientId, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new RevealClientSecretRequest { ClientId = clientId };
            var response = await _connection.CallAsync(_stub.RevealClientSecretAsync, request, cancellationToken).ConfigureAwait(false);

            // A copy: the list of the message would print the secrets.
            return [.. response.ClientSecrets];
        }
        catch (GrpcDcrException fault) when (
            fault.Reason is ErrorReason.ClientNotFound or ErrorReason.ClientHasNoSecret or ErrorReason.SecretNotRecoverable
                or ErrorReason.StateForbids)
        {
            return [];
        }
    }
}
