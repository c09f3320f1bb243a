using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>What an authorization server asks about clients. Safe for concurrent use.</summary>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class ClientDirectoryReader(ClientDirectory.ClientDirectoryClient stub)
{
    /// <summary>Looks a client up, whatever its state: check <c>State</c> before you use it.</summary>
    /// <param name="clientId">The client to look up.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The client, or null when there is none of this identifier.</returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async Task<V1.Client?> FindAsync(string clientId, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new GetClientRequest { ClientId = clientId };
            return (await stub.GetClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
        }
        catch (GrpcDcrException fault) when (fault.Error == GrpcDcrError.ClientNotFound)
        {
            return null;
        }
    }

    /// <summary>Checks a client's secret.</summary>
    /// <param name="clientId">The identifier the client presented, after form-decoding (RFC 6749 section 2.3.1).</param>
    /// <param name="clientSecret">The secret the client presented, after form-decoding.</param>
    /// <param name="method">
    /// How the secret was presented, <c>client_secret_basic</c> or <c>client_secret_post</c>: then it must be the method the client
    /// registered. Absent means that the method is not checked.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The client when it is active and the secret is right and unexpired; null in every other case, to be answered with
    /// <c>invalid_client</c> (RFC 6749 section 5.2).
    /// </returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async Task<V1.Client?> AuthenticateAsync(
        string clientId, string clientSecret, string? method = null, CancellationToken cancellationToken = default)
    {
        var request = new AuthenticateClientRequest { ClientId = clientId, ClientSecret = clientSecret };
        if (method is not null)
        {
            request.TokenEndpointAuthMethod = method;
        }
        try
        {
            return (await stub.AuthenticateClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
        }
        catch (GrpcDcrException fault) when (fault.Error == GrpcDcrError.InvalidClient)
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
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async Task<string?> CheckRedirectUriAsync(string clientId, string? redirectUri, CancellationToken cancellationToken = default)
    {
        var request = new CheckRedirectUriRequest { ClientId = clientId };
        if (redirectUri is not null)
        {
            request.RedirectUri = redirectUri;
        }
        try
        {
            var response = await stub.CheckRedirectUriAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
            return response.Allowed ? response.RedirectUri : null;
        }
        catch (GrpcDcrException fault) when (fault.Error == GrpcDcrError.ClientNotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Reveals the secrets of a client whose algorithms need the secret itself: <c>client_secret_jwt</c>, HMAC signatures, symmetric
    /// encryption. Where the client presents its secret, use <see cref="AuthenticateAsync"/>. Never log what it answers.
    /// </summary>
    /// <param name="clientId">The client whose secrets are needed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The secrets that work now, the newest first; two of them while a rotation overlaps. Sign and encrypt with the first; accept what any
    /// of them verifies. Empty when there is none to reveal: the client is unknown or not active, its algorithms need none, or its secret
    /// has expired. Then nothing can be verified, which is to be answered with <c>invalid_client</c> (RFC 6749 section 5.2).
    /// </returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async Task<IReadOnlyList<string>> RevealSecretsAsync(string clientId, CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new RevealClientSecretRequest { ClientId = clientId };
            var response = await stub.RevealClientSecretAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);

            // Not the message's own list, which would print them.
            return [.. response.ClientSecrets];
        }
        catch (GrpcDcrException fault) when (fault.Error is GrpcDcrError.ClientNotFound or GrpcDcrError.NoSecret)
        {
            return [];
        }
    }
}
