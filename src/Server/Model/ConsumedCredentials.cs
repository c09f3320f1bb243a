namespace GrpcDcr.Server.Model;

/// <summary>What a new client uses up, in the same atomic write.</summary>
/// <param name="InitialAccessTokenId">The issued token of which one use goes; <see langword="null"/> for none.</param>
/// <param name="SoftwareStatement">The software statement that may not be used again; <see langword="null"/> for none.</param>
/// <param name="Request">The call that may not do its work again; <see langword="null"/> for one without a <c>request_id</c>.</param>
internal sealed record ConsumedCredentials(
    InitialAccessTokenId? InitialAccessTokenId = null, OneTimeUse? SoftwareStatement = null, OneTimeUse? Request = null);

/// <summary>
/// That something was used that has one use: a software statement whose issuer allows it one (RFC 7519 section 4.1.7), or the
/// <c>request_id</c> of a call that issues a credential.
/// </summary>
/// <param name="Key">SHA-256 of what names it: issuer and <c>jti</c>, or call and <c>request_id</c>.</param>
/// <param name="Until">When it means nothing any more, and the store may forget it.</param>
/// <param name="Result">What the call made or changed; <see langword="null"/> for a software statement.</param>
internal sealed record OneTimeUse(SecretHash Key, DateTimeOffset Until, Guid? Result = null);
