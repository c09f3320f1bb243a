using System.Diagnostics;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>Initial access tokens (RFC 7591 section 3) that administrators issue and revoke.</summary>
internal sealed class InitialAccessTokens(
    IRegistrationStore store, IssuingRequests requests, AuditedAct audited, TimeProvider time)
{
    /// <exception cref="RegistrationRefusedException">A field of the request is wrong; nothing was issued.</exception>
    public Task<IssuedInitialAccessToken> IssueAsync(
        InitialAccessTokenRequest terms, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
            AuditEventType.InitialAccessTokenIssued,
            clientId: null,
            request,
            async attempted =>
            {
                var now = time.Now();
                var once = await requests.BeginAsync(IssuingCall.InitialAccessToken, request.RequestId, cancellationToken);
                InitialAccessTokenRequestRules.Check(terms, request.Reason, now);
                var id = new InitialAccessTokenId(Guid.CreateVersion7(now));
                var text = LookupToken.For(id.Value);
                var token = new InitialAccessToken
                {
                    Id = id,
                    Hash = SecretHash.Of(text.Reveal()),
                    Label = terms.Label,
                    IssuedAt = now,
                    IssuedBy = request.Caller.Actor,
                    ExpiresAt = terms.ExpiresAt ?? now + terms.TimeToLive,
                    MaxUses = terms.MaxUses,
                    Constraints = terms.Constraints,
                };
                var issued = attempted with { Detail = AuditEvents.Of(token) };
                return await store.AddInitialAccessTokenAsync(token, once?.With(id.Value), issued, cancellationToken) switch
                {
                    IssueOutcome.Issued => new IssuedInitialAccessToken(token, text),
                    IssueOutcome.RequestRepeated => throw await requests.RepeatedAsync(once!, cancellationToken),
                    var outcome => throw new UnreachableException($"Issuing ended as {outcome}."),
                };
            },
            cancellationToken);

    /// <exception cref="RegistrationRefusedException">The initial access token does not exist.</exception>
    public async Task<InitialAccessToken> GetAsync(string id, CancellationToken cancellationToken) =>
        (InitialAccessTokenId.TryParse(id, out var known) ? await store.FindInitialAccessTokenAsync(known, cancellationToken) : null)
        ?? throw new RegistrationRefusedException(new RegistrationFault.InitialAccessTokenNotFound());

    /// <summary>Revokes an initial access token. Revoking a revoked token changes nothing and is not recorded.</summary>
    /// <exception cref="RegistrationRefusedException">The initial access token does not exist.</exception>
    public Task<InitialAccessToken> RevokeAsync(string id, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
        AuditEventType.InitialAccessTokenRevoked,
        clientId: null,
        request,
        async attempted =>
        {
            Reasons.Check(request);
            var token = await GetAsync(id, cancellationToken);
            var revoked = attempted with { Detail = AuditEvents.Of(token) };
            await store.RevokeInitialAccessTokenAsync(token.Id, attempted.Time, revoked, cancellationToken);
            return await GetAsync(id, cancellationToken);
        },
        cancellationToken);
}

/// <summary>A request to issue an initial access token.</summary>
/// <param name="Label">Its label; <see langword="null"/> for none.</param>
/// <param name="TimeToLive">Its lifetime; <see langword="null"/> for no limit, or the limit is <paramref name="ExpiresAt"/>.</param>
/// <param name="ExpiresAt">When it expires; <see langword="null"/> for never, or after <paramref name="TimeToLive"/>.</param>
/// <param name="MaxUses">How many registrations it admits; <see langword="null"/> for any number.</param>
/// <param name="Constraints">The constraints of these registrations.</param>
internal sealed record InitialAccessTokenRequest(
    string? Label, TimeSpan? TimeToLive, DateTimeOffset? ExpiresAt, int? MaxUses, RegistrationConstraints Constraints);

/// <summary>A stored initial access token and its text.</summary>
/// <param name="Token">Its record.</param>
/// <param name="Text">The token itself, which is shown once.</param>
internal sealed record IssuedInitialAccessToken(InitialAccessToken Token, Secret Text);
