using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// What a client does with its own registration: the client configuration endpoint of RFC 7592. Each call presents the registration
/// access token of that client, and none of the tokens of <see cref="GrpcDcrClientOptions"/>. Works while registration is switched off.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>
/// Every answer carries the <c>RegistrationAccessToken</c> to present from then on. Where the service rotates tokens it is a new one, else
/// the one that was presented: store it after every call, before anything else. Keeping it is the caller's task; the service keeps only a
/// hash, and nobody can look a lost one up. The token before works until the new one is first used or its time of grace ends, so a call
/// whose answer was lost can be followed by another with the same token.
/// </para>
/// <para>
/// Every method may throw <see cref="GrpcDcrException"/>, and then nothing has changed unless it says otherwise:
/// <see cref="GrpcDcrError.InvalidToken"/> when the client is unknown or deleted, or the token is not its own (which of them is not told),
/// <see cref="GrpcDcrError.InsufficientScope"/> when policy does not let this client do that,
/// <see cref="GrpcDcrError.InvalidRequest"/> with <see cref="StatusCode.Unimplemented"/> when the service offers it to nobody,
/// <see cref="GrpcDcrError.TooManyRequests"/>.
/// </para>
/// </remarks>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class ClientConfiguration(ClientRegistration.ClientRegistrationClient stub)
{
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
    public async Task<ClientInformation> ReadAsync(
        string clientId, string registrationAccessToken, CancellationToken cancellationToken = default)
    {
        var request = new ReadClientRequest { ClientId = clientId };
        var response = await stub
            .ReadClientAsync(request, Presenting(registrationAccessToken), cancellationToken: cancellationToken).ConfigureAwait(false);
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
    /// <c>ClientStatus</c> is <c>pending</c> where the update waits for approval; the version approved before stays in force meanwhile.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// Refused: the errors of <see cref="ClientRegistrar.RegisterAsync"/> about metadata, with every wrong member in
    /// <see cref="GrpcDcrException.Violations"/>, or those in the remarks of the class.
    /// </exception>
    public async Task<ClientInformation> UpdateAsync(
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
        var response = await stub
            .UpdateClientAsync(request, Presenting(registrationAccessToken), cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.ClientInformation;
    }

    /// <summary>
    /// Deletes the client with its secret and its registration access token (RFC 7592 section 2.3). Never sent twice by itself: after a
    /// <see cref="GrpcDcrException"/> with <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> it may have
    /// happened all the same; sent again, it then ends with <see cref="GrpcDcrError.InvalidToken"/>.
    /// </summary>
    /// <param name="clientId">The client, as it was issued.</param>
    /// <param name="registrationAccessToken">The token of this client that came with the last answer.</param>
    /// <param name="cancellationToken">Stops waiting; the client may be deleted all the same.</param>
    /// <returns>Ends when the client is gone.</returns>
    /// <exception cref="GrpcDcrException">See the remarks of the class.</exception>
    public async Task DeleteAsync(string clientId, string registrationAccessToken, CancellationToken cancellationToken = default)
    {
        var request = new DeleteClientRequest { ClientId = clientId };
        await stub
            .DeleteClientAsync(request, Presenting(registrationAccessToken), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static Metadata Presenting(string registrationAccessToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(registrationAccessToken);
        return Bearer.Added(null, registrationAccessToken);
    }
}
