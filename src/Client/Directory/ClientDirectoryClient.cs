using GrpcDcr.Directory.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// What an authorization server asks about clients. Safe for concurrent use; can be derived from in tests.
/// </summary>
/// <remarks>Every method throws <see cref="GrpcDcrException"/> when the question could not be answered.</remarks>
public class ClientDirectoryClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientDirectory.ClientDirectoryClient _stub;

    internal ClientDirectoryClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientDirectory.ClientDirectoryClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected ClientDirectoryClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Looks a client up, whatever its state: check <see cref="RegisteredClient.State"/> before you use it.</summary>
    /// <param name="clientId">The client to look up.</param>
    /// <param name="view">How much of it: unspecified means all but the members in other languages.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The client, or null when there is none of this identifier.</returns>
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
    /// How the secret was presented, <c>client_secret_basic</c> or <c>client_secret_post</c>: then it must be the method that the client
    /// registered. Absent means that the method is not checked.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The client when it is active and the secret is right and unexpired; null in every other case, to be answered with
    /// <c>invalid_client</c> (RFC 6749 section 5.2).
    /// </returns>
    public virtual async Task<RegisteredClient?> AuthenticateAsync(
        string clientId, string clientSecret, string? method = null, CancellationToken cancellationToken = default)
    {
        var request = new AuthenticateClientRequest { ClientId = clientId, ClientSecret = clientSecret };
        if (method is not null)
        {
            request.TokenEndpointAuthMethod = method;
        }

        try
        {
            var response = await _connection.CallAsync(_stub.AuthenticateClientAsync, request, cancellationToken).ConfigureAwait(false);
            return RegisteredClient.From(response.Client);
        }
        catch (GrpcDcrException fault) when (fault.Reason == ErrorReason.InvalidClientCredentials)
        {
            return null;
        }
    }

    /// <summary>Says where the answer to an authorization request may be sent.</summary>
    /// <param name="clientId">The client that asks for authorization.</param>
    /// <param name="redirectUri">
    /// The <c>redirect_uri</c> of the request, exactly as received after form-decoding. Null when the request had none.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Where to redirect; null when the authorization server must not redirect at all: the URI is not registered, none was given
    /// where one is needed, or the client is unknown or not active (RFC 6749 section 3.1.2.4).
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
