using System.Runtime.CompilerServices;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// What an operator does with clients. Every act is recorded in the audit log, with the reason given. An act with the
/// <c>Etag</c> of the client that was looked at only happens to that; without one it happens to whatever the client is now.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// Every method may throw <see cref="GrpcDcrException"/>; acts with <see cref="GrpcDcrError.ClientNotFound"/>,
/// <see cref="GrpcDcrError.EtagMismatch"/> or <see cref="GrpcDcrError.StateForbids"/>, and then nothing has changed.
/// </remarks>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class ClientAdministrator(ClientAdministration.ClientAdministrationClient stub)
{
    /// <summary>Lists clients, the longest registered first. Pages are fetched as they are needed.</summary>
    /// <param name="state">Only clients in this state. Unspecified means all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The clients. Stable under registrations and deletions meanwhile.</returns>
    public async IAsyncEnumerable<V1.Client> ListAsync(
        ClientState state = ClientState.Unspecified, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListClientsRequest { State = state };
        do
        {
            var page = await stub.ListClientsAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
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
    public async Task<V1.Client> GetAsync(string clientId, CancellationToken cancellationToken = default)
    {
        var request = new ClientAdministrationGetClientRequest { ClientId = clientId };
        return (await stub.GetClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Puts a pending or rejected client into use: it becomes active. Where an update waits, that is what is approved.</summary>
    /// <param name="clientId">The client to approve.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> that was looked at. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public async Task<V1.Client> ApproveAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new ApproveClientRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        return (await stub.ApproveClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>
    /// Refuses a pending client: it becomes rejected. Where an update of an approved client waits, only the update is refused: the client
    /// is active as it was approved, less what it gave up since.
    /// </summary>
    /// <param name="clientId">The client to reject.</param>
    /// <param name="reason">Why, 1 to 1,000 characters.</param>
    /// <param name="etag">The <c>Etag</c> that was looked at. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public async Task<V1.Client> RejectAsync(
        string clientId, string reason, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new RejectClientRequest { ClientId = clientId, Reason = reason, Etag = etag ?? "" };
        return (await stub.RejectClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Takes an active client out of use, or one whose update waits: it becomes suspended.</summary>
    /// <param name="clientId">The client to suspend.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> that was looked at. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public async Task<V1.Client> SuspendAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new SuspendClientRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        return (await stub.SuspendClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Puts a suspended client back into use: it becomes active, or pending where an update waits.</summary>
    /// <param name="clientId">The client to reinstate.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> that was looked at. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The client after the act.</returns>
    public async Task<V1.Client> ReinstateAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new ReinstateClientRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        return (await stub.ReinstateClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Client;
    }

    /// <summary>Removes a client, whatever its state. Its audit events stay.</summary>
    /// <param name="clientId">The client to delete.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> that was looked at. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>Ends when the client is gone.</returns>
    public async Task DeleteAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new ClientAdministrationDeleteClientRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        await stub.DeleteClientAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Issues a new secret; the old one stops working at once.</summary>
    /// <param name="clientId">The client whose secret is replaced.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="etag">The <c>Etag</c> that was looked at. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The new secret, which no other answer ever shows, and the client after the act.</returns>
    public async Task<RotateClientSecretResponse> RotateSecretAsync(
        string clientId, string? reason = null, string? etag = null, CancellationToken cancellationToken = default)
    {
        var request = new RotateClientSecretRequest { ClientId = clientId, Reason = reason ?? "", Etag = etag ?? "" };
        return await stub.RotateClientSecretAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what would happen to a registration, and why; nothing is registered, spent or recorded.</summary>
    /// <param name="metadata">What the client would say about itself.</param>
    /// <param name="initialAccessTokenId">
    /// Names the issued initial access token that it would present; not the token itself. Absent for a registration without one.
    /// </param>
    /// <param name="withStaticToken">
    /// True to judge it as a registration with the token from the settings of the service. Default false. Goes for nothing beside
    /// <paramref name="initialAccessTokenId"/>.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Whether the metadata is acceptable, with every violation, default and replacement, the first state, and the policy profile that
    /// judged it. Whether such a registration would be admitted at all is not looked at.
    /// </returns>
    /// <exception cref="GrpcDcrException"><see cref="GrpcDcrError.TokenNotFound"/>, or another fault.</exception>
    public async Task<RegistrationPreview> PreviewRegistrationAsync(
        ClientMetadata metadata,
        string? initialAccessTokenId = null,
        bool withStaticToken = false,
        CancellationToken cancellationToken = default)
    {
        var request = new PreviewRegistrationRequest
        {
            Metadata = metadata,
            InitialAccessTokenId = initialAccessTokenId ?? "",
            WithStaticToken = withStaticToken,
        };
        return (await stub.PreviewRegistrationAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Preview;
    }
}
