using System.Runtime.CompilerServices;
using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Administration of clients. Every act is recorded in the audit log, with the given reason. An act with an <c>Etag</c> takes effect only
/// if the client is still the version with that <c>Etag</c>. Safe for concurrent use; tests can derive from it.
/// </summary>
/// <remarks>
/// Every method may throw <see cref="GrpcDcrException"/>; acts with <see cref="ErrorReason.ClientNotFound"/>,
/// <see cref="ErrorReason.EtagMismatch"/> or <see cref="ErrorReason.StateForbids"/>, and then nothing has changed.
/// </remarks>
public partial class ClientAdministrationClient
{
    private readonly ServiceConnection _connection;
    private readonly ClientAdministration.ClientAdministrationClient _stub;

    internal ClientAdministrationClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new ClientAdministration.ClientAdministrationClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected ClientAdministrationClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Lists clients by the time of registration. Pages are fetched as they are needed.</summary>
    /// <param name="filter">The clients to list. Null means all.</param>
    /// <param name="order">The order. Unspecified means the newest first.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The clients. Registrations and deletions during the listing do not shift the pages.</returns>
    public virtual async IAsyncEnumerable<Admin.V1.Client> ListAsync(
        ClientFilter? filter = null,
        ListOrder order = ListOrder.Unspecified,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListClientsRequest { Filter = filter, Order = order };
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

    /// <summary>Counts all clients by state.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The exact counts.</returns>
    public virtual async Task<CountClientsResponse> CountAsync(CancellationToken cancellationToken = default) =>
        await _connection.CallAsync(_stub.CountClientsAsync, new CountClientsRequest(), cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a client.</summary>
    /// <param name="clientId">The client to read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The client.</returns>
    public virtual async Task<Admin.V1.Client> GetAsync(string clientId, CancellationToken cancellationToken = default)
    {
        var request = new GetClientRequest { ClientId = clientId };
        return (await _connection.CallAsync(_stub.GetClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>
    /// Approves a pending or rejected client: it becomes active. For a client with a pending update, approves the update.
    /// </summary>
    /// <param name="clientId">The client to approve.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> ApproveAsync(
        string clientId, string etag, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new ApproveClientRequest { ClientId = clientId, Etag = etag, Reason = reason ?? "" };
        return (await _connection.CallAsync(_stub.ApproveClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>
    /// Rejects a pending client: it becomes rejected. For a client with a pending update, rejects only the update: the client keeps its
    /// state and its effective metadata.
    /// </summary>
    /// <param name="clientId">The client to reject.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed.</param>
    /// <param name="reason">The reason, for the audit log; 1 to 1,000 characters.</param>
    /// <param name="publicReason">The reason for users; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> RejectAsync(
        string clientId, string etag, string reason, string? publicReason = null, CancellationToken cancellationToken = default)
    {
        var request = new RejectClientRequest { ClientId = clientId, Etag = etag, Reason = reason, PublicReason = publicReason ?? "" };
        return (await _connection.CallAsync(_stub.RejectClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>
    /// Suspends a pending, active or rejected client: it becomes suspended, and cannot update its own registration. A pending update stays
    /// pending.
    /// </summary>
    /// <param name="clientId">The client to suspend.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="publicReason">The reason for users; at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed. Absent means the current version.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
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

    /// <summary>
    /// Reinstates a suspended client in the state that it was suspended from. This approves nothing; a pending update stays pending.
    /// </summary>
    /// <param name="clientId">The client to reinstate.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The client after the act.</returns>
    public virtual async Task<Admin.V1.Client> ReinstateAsync(
        string clientId, string etag, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new ReinstateClientRequest { ClientId = clientId, Etag = etag, Reason = reason ?? "" };
        return (await _connection.CallAsync(_stub.ReinstateClientAsync, request, cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Deletes a client in any state. Its audit events remain.</summary>
    /// <param name="clientId">The client to delete.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed. Absent means the current version.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>Completes when the client is deleted.</returns>
    public virtual async Task DeleteAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new Admin.V1.DeleteClientRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        await _connection.CallAsync(_stub.DeleteClientAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Issues a new client secret; the previous one stops working at once.</summary>
    /// <param name="clientId">The client whose secret is replaced.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed. Absent means the current version.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours: calls with the same identifier rotate the secret once. If an earlier call took
    /// effect, a repeated call fails with <see cref="ErrorReason.RequestAlreadyDone"/>, because the secret is shown only once. Null means
    /// that each call rotates the secret.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The new secret, which no other response shows, and the client after the act.</returns>
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

    /// <summary>
    /// Issues a new registration access token to a client in any state; the previous ones stop working at once. This also revokes a token
    /// that has leaked.
    /// </summary>
    /// <param name="clientId">The client whose registration access token is replaced.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> of the version that was reviewed. Absent means the current version.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours, as in <see cref="RotateSecretAsync"/>. Null means that each call issues a token.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The new token, which no other response shows, where it is used, and the client after the act.</returns>
    public virtual async Task<ReissueRegistrationAccessTokenResponse> ReissueRegistrationAccessTokenAsync(
        string clientId, string? reason = null, string? etag = null, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new ReissueRegistrationAccessTokenRequest
        {
            ClientId = clientId,
            Reason = reason ?? "",
            Etag = etag ?? "",
            RequestId = requestId?.ToString() ?? "",
        };
        return await _connection.CallAsync(_stub.ReissueRegistrationAccessTokenAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what would happen to a registration, and why. Nothing is registered, consumed or recorded.</summary>
    /// <param name="metadata">The metadata of the registration.</param>
    /// <param name="initialAccessTokenId">
    /// The identifier of the issued initial access token that the registration would present; not the token itself. Absent for a
    /// registration without one.
    /// </param>
    /// <param name="withStaticToken">
    /// True for a registration with the configured initial access token of the service. Default false. Has no effect together with
    /// <paramref name="initialAccessTokenId"/>.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Whether the metadata is acceptable, with every violation, default and replaced value, the first state, and the admission, which
    /// decides the policy profile. It does not depend on whether registration is enabled.
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
