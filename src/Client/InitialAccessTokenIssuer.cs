using System.Runtime.CompilerServices;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Initial access tokens (RFC 7591 section 3), for operators. Every act is recorded in the audit log, with the reason given. Safe for
/// concurrent use.
/// </summary>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class InitialAccessTokenIssuer(InitialAccessTokens.InitialAccessTokensClient stub)
{
    /// <summary>
    /// Issues a token. Never sent twice by itself: when it ends without an answer a token may be issued all the same, which nobody has
    /// seen; <see cref="ListAsync"/> shows it, and <see cref="RevokeAsync"/> ends it.
    /// </summary>
    /// <param name="terms">What it admits.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the token may be issued all the same.</param>
    /// <returns>The <c>Token</c> to hand to whoever is to register, which no other answer ever shows, and its record.</returns>
    /// <exception cref="GrpcDcrException">
    /// Nothing was issued: <see cref="GrpcDcrError.InvalidRequest"/> when a term is out of range, or another fault.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="InitialAccessTokenTerms.Lifetime"/> is shorter than a second, or <see cref="InitialAccessTokenTerms.MaxUses"/> is less
    /// than 1.
    /// </exception>
    public async Task<IssueInitialAccessTokenResponse> IssueAsync(
        InitialAccessTokenTerms terms, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = RequestFor(terms);
        request.Reason = reason ?? "";
        return await stub.IssueInitialAccessTokenAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the terms checked as <see cref="IssueAsync"/> would check them, and issues nothing.</summary>
    /// <param name="terms">What the token would admit.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The record as it would be. Its identifier names nothing.</returns>
    /// <exception cref="GrpcDcrException">The same as of <see cref="IssueAsync"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The same as of <see cref="IssueAsync"/>.</exception>
    public async Task<InitialAccessToken> PreviewAsync(InitialAccessTokenTerms terms, CancellationToken cancellationToken = default)
    {
        var request = RequestFor(terms);
        request.ValidateOnly = true;
        var response = await stub.IssueInitialAccessTokenAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.InitialAccessToken;
    }

    /// <summary>Reads the record of a token.</summary>
    /// <param name="initialAccessTokenId">Names the token; not the token itself.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The record. It never holds the token itself.</returns>
    /// <exception cref="GrpcDcrException"><see cref="GrpcDcrError.TokenNotFound"/>, or another fault.</exception>
    public async Task<InitialAccessToken> GetAsync(string initialAccessTokenId, CancellationToken cancellationToken = default)
    {
        var request = new GetInitialAccessTokenRequest { InitialAccessTokenId = initialAccessTokenId };
        var response = await stub.GetInitialAccessTokenAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.InitialAccessToken;
    }

    /// <summary>
    /// Lists the records of tokens, the longest issued first; spent, expired and revoked ones too: see <c>Usable</c>. Pages are fetched as
    /// they are needed.
    /// </summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The records.</returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async IAsyncEnumerable<InitialAccessToken> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListInitialAccessTokensRequest();
        do
        {
            var page = await stub.ListInitialAccessTokensAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var token in page.InitialAccessTokens)
            {
                yield return token;
            }
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Revokes a token: it admits nobody any more. Clients that it admitted stay. A revoked token stays as it is.</summary>
    /// <param name="initialAccessTokenId">Names the token; not the token itself.</param>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the token may be revoked all the same.</param>
    /// <returns>The record after the act.</returns>
    /// <exception cref="GrpcDcrException"><see cref="GrpcDcrError.TokenNotFound"/>, or another fault; nothing was revoked.</exception>
    public async Task<InitialAccessToken> RevokeAsync(
        string initialAccessTokenId, string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new RevokeInitialAccessTokenRequest { InitialAccessTokenId = initialAccessTokenId, Reason = reason ?? "" };
        var response = await stub.RevokeInitialAccessTokenAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.InitialAccessToken;
    }

    /// <summary>On the wire 0 means for ever and any number: terms that would come to that unasked are refused here.</summary>
    private static IssueInitialAccessTokenRequest RequestFor(InitialAccessTokenTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Lifetime is { } lifetime)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1), nameof(terms));
        }
        if (terms.MaxUses is { } uses)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(uses, 1, nameof(terms));
        }
        return new IssueInitialAccessTokenRequest
        {
            Label = terms.Label ?? "",
            LifetimeSeconds = (long)(terms.Lifetime?.TotalSeconds ?? 0),
            MaxUses = terms.MaxUses ?? 0,
            Ceiling = terms.Ceiling,
        };
    }
}
