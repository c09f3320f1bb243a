using System.Runtime.CompilerServices;
using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// What an administrator does with clients. Every act is recorded in the audit log, with the reason given. An act with the
/// <c>Etag</c> of the client that was looked at only happens to that. Safe for concurrent use; can be derived from in tests.
/// </summary>
/// <remarks>
/// Every method may throw <see cref="GrpcDcrException"/>; acts with <see cref="ErrorReason.ClientNotFound"/>,
/// <see cref="ErrorReason.EtagMismatch"/> or <see cref="ErrorReason.StateForbids"/>, and then nothing has changed.
/// </remarks>
public class ClientAdministrationClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientAdministration.ClientAdministrationClient _stub;

    internal ClientAdministrationClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientAdministration.ClientAdministrationClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected ClientAdministrationClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Lists clients, the longest registered first. Pages are fetched as they are needed.</summary>
    /// <param name="state">Only clients in this state. Unspecified means all.</param>
    /// <param name="awaitingApproval">True for only those that wait for a decision: pending ones, and those with a pending update.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The clients. Stable under registrations and deletions meanwhile.</returns>
    public virtual async IAsyncEnumerable<Admin.V1.Client> ListAsync(
        ClientState state = ClientState.Unspecified,
        bool awaitingApproval = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListClientsRequest { State = state, AwaitingApproval = awaitingApproval };
        do
        {
            var page = await _connection.CallAsync(_stub.ListClientsAsync, request, cancellationToken).ConfigureAwait(false);
            foreach (var client in page.Clients)
            {
                yield return client;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Reads a client.</summary>
    /// <param name="clientId">The client to read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The client.</returns>
    public virtual async Task<Admin.V1.Client> GetAsync(string clientId, CancellationToken cancellationToken = default)
    {
        var request = new GetClientRequest { ClientId = clientId };
        return (await _connection.CallAsync(_stub.GetClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Puts a pending or rejected client into use: it becomes active. Where an update waits, approves the update.</summary>
    /// <param name="clientId">The client to approve.</param>
    /// <param name="etag">The <c>Etag</c> of the client that was looked at.</param>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> ApproveAsync(
        string clientId, string etag, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new ApproveClientRequest { ClientId = clientId, Etag = etag, Reason = reason ?? "" };
        return (await _connection.CallAsync(_stub.ApproveClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>
    /// Refuses a pending client: it becomes rejected. Where an update waits, refuses only the update: the client keeps its state and the
    /// metadata that was approved, less what it gave up since.
    /// </summary>
    /// <param name="clientId">The client to reject.</param>
    /// <param name="etag">The <c>Etag</c> of the client that was looked at.</param>
    /// <param name="reason">Why, for the audit log, 1 to 1,000 characters.</param>
    /// <param name="publicReason">The reason that users may see, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> RejectAsync(
        string clientId, string etag, string reason, string? publicReason = null, CancellationToken cancellationToken = default)
    {
        var request = new RejectClientRequest { ClientId = clientId, Etag = etag, Reason = reason, PublicReason = publicReason ?? "" };
        return (await _connection.CallAsync(_stub.RejectClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Takes an active client out of use: it becomes suspended. An update that waits goes on waiting.</summary>
    /// <param name="clientId">The client to suspend.</param>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="publicReason">The reason that users may see, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the client that was looked at. Absent means: whatever the client is now.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> SuspendAsync(
        string clientId, string? reason = null, string? publicReason = null, string? etag = null,
        CancellationToken cancellationToken = default)
    {
        var request = new SuspendClientRequest
        {
            ClientId = clientId,
            Reason = reason ?? "",
            PublicReason = publicReason ?? "",
            Etag = etag ?? "",
        };
        return (await _connection.CallAsync(_stub.SuspendClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Puts a suspended client back into use: it becomes active. An update that waits goes on waiting.</summary>
    /// <param name="clientId">The client to reinstate.</param>
    /// <param name="etag">The <c>Etag</c> of the client that was looked at.</param>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> ReinstateAsync(
        string clientId, string etag, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new ReinstateClientRequest { ClientId = clientId, Etag = etag, Reason = reason ?? "" };
        return (await _connection.CallAsync(_stub.ReinstateClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Removes a client, whatever its state. Its audit events stay.</summary>
    /// <param name="clientId">The client to delete.</param>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the client that was looked at. Absent means: whatever the client is now.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>Ends when the client is gone.</returns>
    public virtual async Task DeleteAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new Admin.V1.DeleteClientRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        await _connection.CallAsync(_stub.DeleteClientAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Issues a new client secret; the old one stops working at once.</summary>
    /// <param name="clientId">The client whose secret is replaced.</param>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the client that was looked at. Absent means: whatever the client is now.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours: the same identifier rotates once. A repeated call whose first one did its work ends
    /// with <see cref="ErrorReason.RequestAlreadyDone"/>: the secret was shown once. Null means that each call rotates.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The new secret, which no other answer ever shows, and the client after the act.</returns>
    public virtual async Task<RotateClientSecretResponse> RotateSecretAsync(
        string clientId, string? reason = null, string? etag = null, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new RotateClientSecretRequest
        {
            ClientId = clientId,
            Reason = reason ?? "",
            Etag = etag ?? "",
            RequestId = requestId?.ToString() ?? "",
        };
        return await _connection.CallAsync(_stub.RotateClientSecretAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what would happen to a registration, and why; nothing is registered, used up or recorded.</summary>
    /// <param name="metadata">What the client would say about itself.</param>
    /// <param name="initialAccessTokenId">
    /// Names the issued initial access token that it would present; not the token itself. Absent for a registration without one.
    /// </param>
    /// <param name="withStaticToken">
    /// True for a registration with the token from the settings of the service. Default false. Has no effect beside
    /// <paramref name="initialAccessTokenId"/>.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Whether the metadata is acceptable, with every violation, default and replacement, the first state, and the policy profile it falls
    /// under. Whether registration is enabled is not looked at.
    /// </returns>
    /// <exception cref="GrpcDcrException"><see cref="ErrorReason.TokenNotFound"/>, or another fault.</exception>
    public virtual async Task<RegistrationPreview> PreviewRegistrationAsync(
        ClientMetadata metadata,
        string? initialAccessTokenId = null,
        bool withStaticToken = false,
        CancellationToken cancellationToken = default)
    {
        var request = new Admin.V1.PreviewRegistrationRequest
        {
            Metadata = metadata,
            InitialAccessTokenId = initialAccessTokenId ?? "",
            WithStaticToken = withStaticToken,
        };
        return (await _connection.CallAsync(_stub.PreviewRegistrationAsync, request, cancellationToken).ConfigureAwait(false)).Preview;
    }
}
