using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Client secrets in the clear, for an authorization server that must compute with them: <c>client_secret_jwt</c>, HMAC signatures,
/// symmetric encryption. Where the client presents its secret, use <see cref="ClientDirectoryClient.AuthenticateAsync"/>. Safe for
/// concurrent use; can be derived from in tests.
/// </summary>
public class ClientSecretsClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientSecrets.ClientSecretsClient _stub;

    internal ClientSecretsClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientSecrets.ClientSecretsClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected ClientSecretsClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Reveals the secrets of a client whose algorithms need the secret itself. Recorded in the audit log. Never log the answer.
    /// </summary>
    /// <param name="clientId">The client whose secrets are needed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The secrets that work now, the newest first; two of them while a rotation overlaps. Sign and encrypt with the first; accept what any
    /// of them verifies. Empty when there is none to reveal: the client is unknown or not active, its algorithms need none, or its secret
    /// has expired. Then nothing can be verified, which is to be answered with <c>invalid_client</c> (RFC 6749 section 5.2).
    /// </returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public virtual async Task<IReadOnlyList<string>> RevealAsync(string clientId, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new RevealClientSecretRequest { ClientId = clientId };
            var response = await _connection.CallAsync(_stub.RevealClientSecretAsync, request, cancellationToken).ConfigureAwait(false);

            // Not the message's own list, which would print them.
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
