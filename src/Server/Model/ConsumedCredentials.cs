namespace GrpcDcr.Server.Model;

/// <summary>What a change of a client uses up, in the same atomic write.</summary>
/// <param name="InitialAccessTokenId">The issued token of which one use goes; <see langword="null"/> for none.</param>
/// <param name="SoftwareStatement">The software statement that may not be used again; <see langword="null"/> for none.</param>
internal sealed record ConsumedCredentials(
    InitialAccessTokenId? InitialAccessTokenId = null, SoftwareStatementUse? SoftwareStatement = null);

/// <summary>That a software statement was used, where its issuer allows it one use (RFC 7519 section 4.1.7).</summary>
/// <param name="Key">SHA-256 of its issuer and its <c>jti</c>.</param>
/// <param name="Until">When the statement expires by itself, and the store may forget that it was used.</param>
internal sealed record SoftwareStatementUse(SecretHash Key, DateTimeOffset Until);
