using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>Lookups of clients by authorization servers. Safe for concurrent use; tests can derive from it.</summary>
/// <remarks>Every method throws <see cref="GrpcDcrException"/> when the call failed.</remarks>
public class ClientDirectoryClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientDirectory.ClientDirectoryClient _stub;

    internal ClientDirectoryClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientDirectory.ClientDirectoryClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected ClientDirectoryClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Looks a client up in any state: check <see cref="RegisteredClient.State"/> before you use it.</summary>
    /// <param name="clientId">The client to look up.</param>
    /// <param name="view">How much of the client to return. Unspecified means everything except language-tagged members.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The client, or null when no client has this identifier.</returns>
    public virtual async Task<RegisteredClient?> FindAsync(
        string clientId, ClientView view = ClientView.Unspecified, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new GetClientRequest { ClientId = clientId, View = view };
            var response = await _connection.CallAsync(_stub.GetClientAsync, request, cancellationToken).ConfigureAwait(false);
            return RegisteredClient.From(response.Client);
        }
        catch (GrpcDcrException fault) when (fault.Reason == ErrorReason.ClientNotFound)
        {
            return null;
        }
    }

    /// <summary>Checks a client's secret.</summary>
    /// <param name="clientId">The identifier that the client presented, after form-decoding (RFC 6749 section 2.3.1).</param>
    /// <param name="clientSecret">The secret that the client presented, after form-decoding.</param>
    /// <param name="method">
    /// How the secret was presented: <c>client_secret_basic</c> in the Authorization header, <c>client_secret_post</c> in the body. It must
    /// be the method that the client registered.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The client if it is active and the secret is correct, not expired and presented by the registered method; null in every other case,
    /// also for a client whose method sends no secret, such as <c>none</c>. Answer null with <c>invalid_client</c> (RFC 6749 section 5.2).
    /// </returns>
    public virtual async Task<RegisteredClient?> AuthenticateAsync(
        string clientId, string clientSecret, string method, CancellationToken cancellationToken = default)
    {
        var request = new AuthenticateClientRequest { ClientId = clientId, ClientSecret = clientSecret, TokenEndpointAuthMethod = method };
        try
        {
            var response = await _connection.CallAsync(_stub.AuthenticateClientAsync, request, cancellationToken).ConfigureAwait(false);
            return RegisteredClient.From(response.Client);
        }
        catch (GrpcDcrException fault) when (fault.Reason is ErrorReason.InvalidClientCredentials or ErrorReason.ClientSendsNoSecret)
        {
            return null;
        }
    }

    /// <summary>Returns the redirect URI to use for an authorization request.</summary>
    /// <param name="clientId">The client that asks for authorization.</param>
    /// <param name="redirectUri">
    /// The <c>redirect_uri</c> of the request, exactly as received after form-decoding. Null when the request had none.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The URI to redirect to; null when the authorization server must not redirect: the URI is not registered, the request needed one and
    /// had none, or the client is unknown or not active (RFC 6749 section 3.1.2.4).
    /// </returns>
    public virtual async Task<string?> CheckRedirectUriAsync(
        string clientId, string? redirectUri, CancellationToken cancellationToken = default)
    {
        var request = new CheckRedirectUriRequest { ClientId = clientId };
        if (redirectUri is not null)
        {
            request.RedirectUri = redirectUri;
        }

        try
        {
            var response = await _connection.CallAsync(_stub.CheckRedirectUriAsync, request, cancellationToken).ConfigureAwait(false);
            return response.Allowed ? response.RedirectUri : null;
        }
        catch (GrpcDcrException fault) when (fault.Reason == ErrorReason.ClientNotFound)
        {
            return null;
        }
    }
}
