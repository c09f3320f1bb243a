using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Registers OAuth clients (RFC 7591), and lets a client read, update and delete its own registration (RFC 7592). Safe for concurrent use;
/// can be derived from in tests.
/// </summary>
/// <remarks>
/// <para>
/// Reading, updating and deleting present the registration access token of the client, and none of the tokens of
/// <see cref="GrpcDcrRegistrationOptions"/>. They work while registration is closed.
/// </para>
/// <para>
/// Every answer carries the <c>RegistrationAccessToken</c> to present from then on. Where the service rotates tokens it is a new one, else
/// the one that was presented: store it after every call, before anything else. The service keeps only a hash, and nobody can look a lost
/// one up. The token before works until the new one is first used or its time of grace ends, so a call whose answer was lost can be
/// followed by another with the same token.
/// </para>
/// <para>
/// Every method may throw <see cref="GrpcDcrException"/>, and then nothing has changed unless it says otherwise. Reasons of access are
/// <see cref="ErrorReason.CredentialRequired"/>, <see cref="ErrorReason.CredentialInvalid"/> (of a registration access token also when its
/// client is deleted or another one), <see cref="ErrorReason.ActForbidden"/> and <see cref="ErrorReason.ActNotOffered"/> (policy lets this
/// client, or no client, do that to itself), <see cref="ErrorReason.RegistrationDisabled"/> and <see cref="ErrorReason.RateLimited"/>.
/// </para>
/// </remarks>
public class ClientRegistrationClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientRegistration.ClientRegistrationClient _stub;

    internal ClientRegistrationClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientRegistration.ClientRegistrationClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected ClientRegistrationClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Registers a client. Never sent twice by itself: after a <see cref="GrpcDcrException"/> with
    /// <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> the client may be registered all the same.
    /// </summary>
    /// <param name="metadata">What the client says about itself.</param>
    /// <param name="initialAccessToken">Presented instead of <see cref="GrpcDcrRegistrationOptions.InitialAccessToken"/>.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours: the same identifier registers once. A repeated call whose first one did its work ends
    /// with <see cref="ErrorReason.RequestAlreadyDone"/>, and <c>client_id</c> in <see cref="GrpcDcrException.Details"/>: the credentials
    /// were shown once. Null means that each call registers.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the client may be registered all the same.</param>
    /// <returns>
    /// What was registered and issued. Keep the <c>ClientSecret</c>, absent where the client needs none, and the
    /// <c>RegistrationAccessToken</c>: neither can be asked for later.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// Refused. With <see cref="ErrorReason.InvalidRedirectUri"/>, <see cref="ErrorReason.InvalidClientMetadata"/>,
    /// <see cref="ErrorReason.InvalidSoftwareStatement"/> and <see cref="ErrorReason.UnapprovedSoftwareStatement"/>,
    /// <see cref="GrpcDcrException.Violations"/> names everything that is wrong.
    /// </exception>
    public virtual async Task<ClientInformation> RegisterAsync(
        ClientMetadata metadata, string? initialAccessToken = null, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new RegisterClientRequest { Metadata = metadata, RequestId = requestId?.ToString() ?? "" };
        var call = initialAccessToken is null
            ? _connection.CallAsync(_stub.RegisterClientAsync, request, cancellationToken)
            : _connection.CallWithAsync(_stub.RegisterClientAsync, request, initialAccessToken, cancellationToken);
        return (await call.ConfigureAwait(false)).ClientInformation;
    }

    /// <summary>
    /// Says what <see cref="RegisterAsync"/> would do, and why; nothing is registered and no use of the initial access token is used up.
    /// Counted by the same rate limit.
    /// </summary>
    /// <param name="metadata">What the client would say about itself.</param>
    /// <param name="initialAccessToken">Presented instead of <see cref="GrpcDcrRegistrationOptions.InitialAccessToken"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Whether the metadata is acceptable, with every violation, default and replacement, and the first state. What is wrong with the
    /// metadata is told here and not thrown.
    /// </returns>
    /// <exception cref="GrpcDcrException">Access was refused, so nothing was looked at; or another fault.</exception>
    public virtual async Task<RegistrationPreview> PreviewAsync(
        ClientMetadata metadata, string? initialAccessToken = null, CancellationToken cancellationToken = default)
    {
        var request = new PreviewRegistrationRequest { Metadata = metadata };
        var call = initialAccessToken is null
            ? _connection.CallAsync(_stub.PreviewRegistrationAsync, request, cancellationToken)
            : _connection.CallWithAsync(_stub.PreviewRegistrationAsync, request, initialAccessToken, cancellationToken);
        return (await call.ConfigureAwait(false)).Preview;
    }

    /// <summary>
    /// Reads what is registered (RFC 7592 section 2.1). Changes nothing but the registration access token, where the service rotates it
    /// with reads. Sent again by itself while the service is unavailable.
    /// </summary>
    /// <param name="clientId">The client, as it was issued.</param>
    /// <param name="registrationAccessToken">The token of this client that came with the last answer.</param>
    /// <param name="cancellationToken">Stops waiting; the token may be rotated all the same.</param>
    /// <returns>
    /// What is registered, and the registration access token to use from now on. The client secret is absent: it is shown only where it is
    /// issued.
    /// </returns>
    /// <exception cref="GrpcDcrException">See the remarks of the class.</exception>
    public virtual async Task<ClientInformation> ReadAsync(
        string clientId, string registrationAccessToken, CancellationToken cancellationToken = default)
    {
        var request = new ReadClientRequest { ClientId = clientId };
        var response = await _connection
            .CallWithAsync(_stub.ReadClientAsync, request, registrationAccessToken, cancellationToken).ConfigureAwait(false);
        return response.ClientInformation;
    }

    /// <summary>
    /// Replaces the metadata as a whole (RFC 7592 section 2.2), completely or not at all. Start from the metadata that was last answered:
    /// a member left out is removed, or gets its default. Never sent twice by itself: after a <see cref="GrpcDcrException"/> with
    /// <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> it may have happened all the same; then
    /// <see cref="ReadAsync"/> with the token before says what is registered.
    /// </summary>
    /// <param name="clientId">The client, as it was issued.</param>
    /// <param name="registrationAccessToken">The token of this client that came with the last answer.</param>
    /// <param name="metadata">All that the client says about itself from now on.</param>
    /// <param name="clientSecret">
    /// The current client secret; a client cannot choose another. Then the answer shows the secret even where it stays the same. Null or
    /// empty, as in a message without one, means that nothing is said of it.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the update may happen all the same.</param>
    /// <returns>
    /// What is registered now, and the registration access token to use from now on. A <c>ClientSecret</c> in it is the one to use from now
    /// on: a new one where the service replaces secrets with updates or the client came to need one, and no other answer ever shows it.
    /// While an update waits for approval, authorization servers go by the version approved before.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// Refused: for the reasons of <see cref="RegisterAsync"/> about metadata, or those in the remarks of the class.
    /// </exception>
    public virtual async Task<ClientInformation> UpdateAsync(
        string clientId,
        string registrationAccessToken,
        ClientMetadata metadata,
        string? clientSecret = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var client = new ClientUpdate { ClientId = clientId, Metadata = metadata };
        if (!string.IsNullOrEmpty(clientSecret))
        {
            client.ClientSecret = clientSecret;
        }

        var request = new UpdateClientRequest { ClientId = clientId, Client = client };
        var response = await _connection
            .CallWithAsync(_stub.UpdateClientAsync, request, registrationAccessToken, cancellationToken).ConfigureAwait(false);
        return response.ClientInformation;
    }

    /// <summary>
    /// Deletes the client with its secret and its registration access token (RFC 7592 section 2.3). Never sent twice by itself: after a
    /// <see cref="GrpcDcrException"/> with <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> it may have
    /// happened all the same; sent again, it then ends with <see cref="ErrorReason.CredentialInvalid"/>.
    /// </summary>
    /// <param name="clientId">The client, as it was issued.</param>
    /// <param name="registrationAccessToken">The token of this client that came with the last answer.</param>
    /// <param name="cancellationToken">Stops waiting; the client may be deleted all the same.</param>
    /// <returns>Ends when the client is gone.</returns>
    /// <exception cref="GrpcDcrException">See the remarks of the class.</exception>
    public virtual async Task DeleteAsync(
        string clientId, string registrationAccessToken, CancellationToken cancellationToken = default)
    {
        var request = new DeleteClientRequest { ClientId = clientId };
        await _connection
            .CallWithAsync(_stub.DeleteClientAsync, request, registrationAccessToken, cancellationToken).ConfigureAwait(false);
    }
}
