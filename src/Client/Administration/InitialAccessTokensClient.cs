using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Initial access tokens (RFC 7591 section 3), for administrators. Every act is recorded in the audit log, with the given reason. Safe for
/// concurrent use; tests can derive from it.
/// </summary>
/// <remarks>
/// Every method may throw <see cref="GrpcDcrException"/>, in which case nothing has changed unless the method says otherwise.
/// </remarks>
public class InitialAccessTokensClient
{
    private readonly ServiceConnection _connection;
    private readonly InitialAccessTokens.InitialAccessTokensClient _stub;

    internal InitialAccessTokensClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new InitialAccessTokens.InitialAccessTokensClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected InitialAccessTokensClient() => (_connection, _stub) = (null!, null!);

    /// <summary>
    /// Issues an initial access token. The SDK does not retry this call: if it ends without a response, a token may have been issued that
    /// nobody has seen; <see cref="ListAsync"/> shows it, and <see cref="RevokeAsync"/> revokes it.
    /// </summary>
    /// <param name="options">Its properties.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="requestId">
    /// Makes the call safe to repeat within 24 hours: calls with the same identifier issue one token. If an earlier call took effect, a
    /// repeated call fails with <see cref="ErrorReason.RequestAlreadyDone"/>, and <c>initial_access_token_id</c> in
    /// <see cref="GrpcDcrException.Details"/>, because the token is shown only once. Null means that each call issues a token.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the token may still be issued.</param>
    /// <returns>The <c>Token</c>, which no other response shows, and its record.</returns>
    /// <exception cref="GrpcDcrException"><see cref="ErrorReason.InvalidRequest"/> when an option is out of range, or another
    /// fault.</exception>
    /// <exception cref="ArgumentException">Both times are set.</exception>
    public virtual async Task<IssueInitialAccessTokenResponse> IssueAsync(
        InitialAccessTokenOptions options, string? reason = null, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = RequestFor(options);
        request.Reason = reason ?? "";
        request.RequestId = requestId?.ToString() ?? "";
        return await _connection.CallAsync(_stub.IssueInitialAccessTokenAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the record of an initial access token.</summary>
    /// <param name="initialAccessTokenId">Its identifier; not the token itself.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The record. It does not have the token itself.</returns>
    /// <exception cref="GrpcDcrException"><see cref="ErrorReason.TokenNotFound"/>, or another fault.</exception>
    public virtual async Task<InitialAccessToken> GetAsync(string initialAccessTokenId, CancellationToken cancellationToken = default)
    {
        var request = new GetInitialAccessTokenRequest { InitialAccessTokenId = initialAccessTokenId };
        var response = await _connection.CallAsync(_stub.GetInitialAccessTokenAsync, request, cancellationToken).ConfigureAwait(false);
        return response.InitialAccessToken;
    }

    /// <summary>
    /// Lists the records of initial access tokens, the oldest first, including used, expired and revoked ones (see <c>Usable</c>). Pages
    /// are fetched as they are needed.
    /// </summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The records.</returns>
    public virtual async IAsyncEnumerable<InitialAccessToken> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListInitialAccessTokensRequest();
        do
        {
            var page = await _connection.CallAsync(_stub.ListInitialAccessTokensAsync, request, cancellationToken).ConfigureAwait(false);
            foreach (var token in page.InitialAccessTokens)
            {
                yield return token;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>
    /// Revokes an initial access token: it no longer admits registrations. Clients that it has admitted remain. Revoking a revoked token
    /// changes nothing.
    /// </summary>
    /// <param name="initialAccessTokenId">Its identifier; not the token itself.</param>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the token may still be revoked.</param>
    /// <returns>The record after the act.</returns>
    /// <exception cref="GrpcDcrException"><see cref="ErrorReason.TokenNotFound"/>, or another fault.</exception>
    public virtual async Task<InitialAccessToken> RevokeAsync(
        string initialAccessTokenId, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new RevokeInitialAccessTokenRequest { InitialAccessTokenId = initialAccessTokenId, Reason = reason ?? "" };
        var response = await _connection.CallAsync(_stub.RevokeInitialAccessTokenAsync, request, cancellationToken).ConfigureAwait(false);
        return response.InitialAccessToken;
    }

    private static IssueInitialAccessTokenRequest RequestFor(InitialAccessTokenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var request = new IssueInitialAccessTokenRequest { Label = options.Label ?? "", Constraints = options.Constraints };
        if (options.MaxUses is { } uses)
        {
            request.MaxUses = uses;
        }

        switch (options)
        {
            case { TimeToLive: not null, ExpireTime: not null }:
                throw new ArgumentException("TimeToLive and ExpireTime are both set; set one of them.", nameof(options));
            case { TimeToLive: { } ttl }:
                request.Ttl = Duration.FromTimeSpan(ttl);
                break;
            case { ExpireTime: { } time }:
                request.ExpireTime = Timestamp.FromDateTimeOffset(time);
                break;
        }

        return request;
    }
}
