using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Registers OAuth clients (RFC 7591), and lets a client read, update and delete its own registration (RFC 7592). Safe for concurrent use;
/// tests can derive from it.
/// </summary>
/// <remarks>
/// <para>
/// Reading, updating and deleting present the registration access token of the client, and none of the tokens of
/// <see cref="GrpcDcrRegistrationOptions"/>. They work while registration is closed.
/// </para>
/// <para>
/// Every response has the <c>RegistrationAccessToken</c> to present from then on: a new one if the service rotated it, else the one that
/// was presented. Store it after every call, before anything else. The service stores only a hash, so a lost token cannot be retrieved. The
/// previous token works until the new one is first used or its grace period ends, so after a lost response another call with the same token
/// succeeds.
/// </para>
/// <para>
/// Every method may throw <see cref="GrpcDcrException"/>, in which case nothing has changed unless the method says otherwise. Reasons about
/// access are <see cref="ErrorReason.CredentialRequired"/>, <see cref="ErrorReason.CredentialInvalid"/> (for a registration access token
/// also when its client was deleted or is another one), <see cref="ErrorReason.ActForbidden"/> and <see cref="ErrorReason.ActNotOffered"/>
/// (policy does not allow the act for this client, or for any client), <see cref="ErrorReason.RegistrationDisabled"/> and
/// <see cref="ErrorReason.RateLimited"/>.
/// </para>
/// </remarks>
public class ClientRegistrationClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientRegistration.ClientRegistrationClient _stub;

    internal ClientRegistrationClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientRegistration.ClientRegistrationClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected ClientRegistrationClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Registers a client. The SDK does not retry this call: after a <see cref="GrpcDcrException"/> with
    /// <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> the client may still have been registered.
    /// </summary>
    /// <param name="metadata">The metadata of the client.</param>
    /// <param name="initialAccessToken">Presented instead of <see cref="GrpcDcrRegistrationOptions.InitialAccessToken"/>.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours: calls with the same identifier register one client. If an earlier call took effect, a
    /// repeated call fails with <see cref="ErrorReason.RequestAlreadyDone"/>, and <c>client_id</c> in
    /// <see cref="GrpcDcrException.Details"/>, because the credentials are shown only once. Null means that each call registers a client.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the client may still have been registered.</param>
    /// <returns>
    /// The registered metadata and the issued credentials. Store the <c>ClientSecret</c>, which is absent if the client needs none, and the
    /// <c>RegistrationAccessToken</c>: neither can be retrieved later.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// Refused. With <see cref="ErrorReason.InvalidRedirectUri"/>, <see cref="ErrorReason.InvalidClientMetadata"/>,
    /// <see cref="ErrorReason.InvalidSoftwareStatement"/> and <see cref="ErrorReason.UnapprovedSoftwareStatement"/>,
    /// <see cref="GrpcDcrException.Violations"/> has every violation.
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
    /// Returns what <see cref="RegisterAsync"/> would do, and why. Nothing is registered, and the initial access token is not consumed. The
    /// call counts for the same rate limit.
    /// </summary>
    /// <param name="metadata">The metadata of the registration.</param>
    /// <param name="initialAccessToken">Presented instead of <see cref="GrpcDcrRegistrationOptions.InitialAccessToken"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Whether the metadata is acceptable, with every violation, default and replaced value, and the first state. Violations are returned
    /// here and not thrown.
    /// </returns>
    /// <exception cref="GrpcDcrException">Access was refused, or the call failed for another reason.</exception>
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
    /// Reads the registration (RFC 7592 section 2.1). Changes nothing except the registration access token, if the service rotates it on
    /// reads. The SDK retries this call while the service is unavailable.
    /// </summary>
    /// <param name="clientId">The <c>client_id</c> of the client.</param>
    /// <param name="registrationAccessToken">The registration access token of the last response.</param>
    /// <param name="cancellationToken">Stops waiting; the token may still be rotated.</param>
    /// <returns>
    /// The registration, and the registration access token to use from now on. The client secret is absent: it is shown only when it is
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
    /// Replaces the metadata as a whole (RFC 7592 section 2.2), completely or not at all. Start from the metadata of the last response: an
    /// omitted member is removed or gets its default. The SDK does not retry this call: after a <see cref="GrpcDcrException"/> with
    /// <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> it may still have taken effect;
    /// <see cref="ReadAsync"/> with the previous token then shows what is registered.
    /// </summary>
    /// <param name="clientId">The <c>client_id</c> of the client.</param>
    /// <param name="registrationAccessToken">The registration access token of the last response.</param>
    /// <param name="metadata">The complete new metadata.</param>
    /// <param name="clientSecret">
    /// The current client secret; a client cannot choose another one. The response then shows the secret even if it does not change. Null
    /// or empty means that it is not sent.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the update may still take effect.</param>
    /// <returns>
    /// The registration after the update, and the registration access token to use from now on. A <c>ClientSecret</c> in it is the one to
    /// use from now on; if it is new, no other response shows it. While the update waits for approval, authorization servers use the
    /// approved metadata.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// The update was refused, for the reasons of <see cref="RegisterAsync"/> about metadata or those in the remarks of the class.
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
    /// Deletes the client with its client secret and its registration access token (RFC 7592 section 2.3). The SDK does not retry this
    /// call: after a <see cref="GrpcDcrException"/> with <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/>
    /// it may still have taken effect; repeated, it then fails with <see cref="ErrorReason.CredentialInvalid"/>.
    /// </summary>
    /// <param name="clientId">The <c>client_id</c> of the client.</param>
    /// <param name="registrationAccessToken">The registration access token of the last response.</param>
    /// <param name="cancellationToken">Stops waiting; the client may still be deleted.</param>
    /// <returns>Completes when the client is deleted.</returns>
    /// <exception cref="GrpcDcrException">See the remarks of the class.</exception>
    public virtual async Task DeleteAsync(
        string clientId, string registrationAccessToken, CancellationToken cancellationToken = default)
    {
        var request = new DeleteClientRequest { ClientId = clientId };
        await _connection
            .CallWithAsync(_stub.DeleteClientAsync, request, registrationAccessToken, cancellationToken).ConfigureAwait(false);
    }
}
