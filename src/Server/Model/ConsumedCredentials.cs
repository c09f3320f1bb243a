namespace GrpcDcr.Server.Model;

/// <summary>What a new client consumes, in the same atomic write.</summary>
/// <param name="InitialAccessTokenId">
/// The issued initial access token of which one use is consumed; <see langword="null"/> for none.
/// </param>
/// <param name="SoftwareStatement">The software statement that must not be used again; <see langword="null"/> for none.</param>
/// <param name="Request">The call that must not take effect again; <see langword="null"/> without a <c>request_id</c>.</param>
internal sealed record ConsumedCredentials(
    InitialAccessTokenId? InitialAccessTokenId = null, OneTimeUse? SoftwareStatement = null, OneTimeUse? Request = null);

/// <summary>
/// The one use of a software statement whose issuer allows only one (RFC 7519 section 4.1.7), or of the <c>request_id</c> of a call that
/// issues a credential.
/// </summary>
/// <param name="Key">SHA-256 of its name: issuer and <c>jti</c>, or call and <c>request_id</c>.</param>
/// <param name="Until">When it expires, and the store may delete it.</param>
/// <param name="Result">What the call created or changed; <see langword="null"/> for a software statement.</param>
internal sealed record OneTimeUse(SecretHash Key, DateTimeOffset Until, Guid? Result = null);
