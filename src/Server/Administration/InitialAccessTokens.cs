using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>Initial access tokens (RFC 7591 section 3) that administrators issue and revoke.</summary>
internal sealed partial class InitialAccessTokens(IRegistrationStore store, TimeProvider time, ILogger<InitialAccessTokens> logger)
{
    /// <summary>Issues a token, or with <see cref="InitialAccessTokenRequest.ValidateOnly"/> only checks the request.</summary>
    /// <exception cref="RegistrationRefusedException">A field of the request is wrong; nothing was issued.</exception>
    public async Task<IssuedInitialAccessToken> IssueAsync(InitialAccessTokenRequest request, Caller caller, CancellationToken cancellationToken)
    {
        InitialAccessTokenRequestRules.Check(request);
        var now = time.Now();
        var id = new InitialAccessTokenId(Guid.CreateVersion7(now));
        var text = LookupToken.For(id.Value);
        var token = new InitialAccessToken
        {
            Id = id,
            Hash = SecretHash.Of(text.Reveal()),
            Label = request.Label,
            IssuedAt = now,
            ExpiresAt = now + request.Lifetime,
            MaxUses = request.MaxUses,
            Constraints = request.Constraints,
        };
        if (request.ValidateOnly)
        {
            return new IssuedInitialAccessToken(token, Text: null);
        }

        await store.AddInitialAccessTokenAsync(token, EventOf(AuditEventType.InitialAccessTokenIssued, token, request.Reason, caller, now), cancellationToken);
        LogIssued(id, caller.Actor, caller.RequestId);
        return new IssuedInitialAccessToken(token, text);
    }

    /// <exception cref="RegistrationRefusedException">There is no such token.</exception>
    public async Task<InitialAccessToken> GetAsync(string id, CancellationToken cancellationToken) =>
        (InitialAccessTokenId.TryParse(id, out var known) ? await store.FindInitialAccessTokenAsync(known, cancellationToken) : null)
        ?? throw new RegistrationRefusedException(new RegistrationFault.InitialAccessTokenNotFound());

    public ValueTask<Page<InitialAccessToken>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        store.ListInitialAccessTokensAsync(page, cancellationToken);

    /// <summary>Revokes a token. One that is revoked already stays as it is.</summary>
    /// <exception cref="RegistrationRefusedException">There is no such token.</exception>
    public async Task<InitialAccessToken> RevokeAsync(string id, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        Reasons.Check(reason);
        var token = await GetAsync(id, cancellationToken);
        var now = time.Now();
        var happened = EventOf(AuditEventType.InitialAccessTokenRevoked, token, reason, caller, now);
        if (await store.RevokeInitialAccessTokenAsync(token.Id, now, happened, cancellationToken) == RevokeOutcome.Revoked)
        {
            LogRevoked(token.Id, caller.Actor, caller.RequestId);
        }

        return await GetAsync(id, cancellationToken);
    }

    private static AuditEvent EventOf(
        AuditEventType type, InitialAccessToken token, string? reason, Caller caller, DateTimeOffset now)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["initial_access_token_id"] = token.Id.ToString() };
        Add("label", token.Label);
        Add("owner", token.Constraints.Owner);
        Add("scopes", token.Constraints.Scopes is { } scopes ? string.Join(' ', scopes) : null);
        Add("grant_types", token.Constraints.GrantTypes is { } grants ? string.Join(' ', grants) : null);
        Add("redirect_hosts", token.Constraints.RedirectHosts is { } hosts ? string.Join(' ', hosts) : null);
        Add("max_uses", token.MaxUses?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("automatic_approval", token.Constraints.AutomaticApproval ? "true" : null);
        return RegistrationEvents.Of(type, clientId: null, now, caller) with { Reason = reason, Detail = detail };

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                detail[name] = value;
            }
        }
    }

    [LoggerMessage(2061, LogLevel.Information, "INITIAL_ACCESS_TOKEN_ISSUED {TokenId} by {Actor}, request {RequestId}")]
    private partial void LogIssued(InitialAccessTokenId tokenId, string actor, string? requestId);

    [LoggerMessage(2062, LogLevel.Information, "INITIAL_ACCESS_TOKEN_REVOKED {TokenId} by {Actor}, request {RequestId}")]
    private partial void LogRevoked(InitialAccessTokenId tokenId, string actor, string? requestId);
}

/// <summary>What a token is to be.</summary>
/// <param name="Label">What administrators call it; <see langword="null"/> without a name.</param>
/// <param name="Lifetime">How long it admits; <see langword="null"/> for ever.</param>
/// <param name="MaxUses">How many registrations it admits; <see langword="null"/> for any number.</param>
/// <param name="Constraints">What they may hold.</param>
/// <param name="Reason">Why, for the audit log; <see langword="null"/> when no reason is given.</param>
/// <param name="ValidateOnly">Only check the request.</param>
internal sealed record InitialAccessTokenRequest(
    string? Label, TimeSpan? Lifetime, int? MaxUses, RegistrationConstraints Constraints, string? Reason, bool ValidateOnly);

/// <summary>A token as it is kept, and as it is shown.</summary>
/// <param name="Token">Its record.</param>
/// <param name="Text">Shown once; <see langword="null"/> when nothing was issued.</param>
internal sealed record IssuedInitialAccessToken(InitialAccessToken Token, Secret? Text);
