namespace GrpcDcr.Client;

/// <summary>
/// Values of <see cref="GrpcDcrException.Error"/>: the <c>error</c> codes of OAuth, and the service's own. A newer service may
/// send others.
/// </summary>
public static class GrpcDcrError
{
    /// <summary>RFC 7591 section 3.2.2: a redirect URI is not acceptable.</summary>
    public const string InvalidRedirectUri = "invalid_redirect_uri";

    /// <summary>RFC 7591 section 3.2.2: another member of the metadata is not acceptable.</summary>
    public const string InvalidClientMetadata = "invalid_client_metadata";

    /// <summary>
    /// RFC 7591 section 3.2.2: the software statement is malformed, not valid now, used before, of no trusted issuer, or missing where one
    /// is required.
    /// </summary>
    public const string InvalidSoftwareStatement = "invalid_software_statement";

    /// <summary>RFC 7591 section 3.2.2: the software statement is good, but what it is for may not register here.</summary>
    public const string UnapprovedSoftwareStatement = "unapproved_software_statement";

    /// <summary>
    /// RFC 6750 section 3.1: an argument that is not metadata is malformed, such as a page token or a reason too long; or the service does
    /// not offer the act at all, <see cref="Grpc.Core.StatusCode.Unimplemented"/>.
    /// </summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>
    /// RFC 6750 section 3.1: a bearer token is missing, or the one sent is unknown, expired, revoked, spent or another client's.
    /// </summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>RFC 6750 section 3.1: the registration access token is good, but policy does not let its client do that.</summary>
    public const string InsufficientScope = "insufficient_scope";

    /// <summary>RFC 6749 section 5.2: the client is unknown, its secret is wrong, or it may not be used.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>Registration is switched off, by the settings of the service or by an operator.</summary>
    public const string RegistrationNotSupported = "registration_not_supported";

    /// <summary>Over the rate limit; see <see cref="GrpcDcrException.RetryAfter"/>.</summary>
    public const string TooManyRequests = "too_many_requests";

    /// <summary>No client has this identifier.</summary>
    public const string ClientNotFound = "client_not_found";

    /// <summary>No initial access token has this identifier.</summary>
    public const string TokenNotFound = "token_not_found";

    /// <summary>The client changed since it was read; nothing was done.</summary>
    public const string EtagMismatch = "etag_mismatch";

    /// <summary>The client's state does not allow the act; nothing was done.</summary>
    public const string StateForbids = "state_forbids";

    /// <summary>
    /// The client has no secret to rotate, or none that can be revealed: it is not active, its algorithms work without the secret itself,
    /// or the secret has expired. Nothing was done.
    /// </summary>
    public const string NoSecret = "no_secret";

    /// <summary>The storage engine is backed up with tools of its own.</summary>
    public const string BackUpNotSupported = "backup_not_supported";

    /// <summary>A backup of this name is there already.</summary>
    public const string BackUpExists = "backup_exists";

    /// <summary>RFC 6749 section 4.1.2.1: the service cannot answer now; see <see cref="GrpcDcrException.RetryAfter"/>.</summary>
    public const string TemporarilyUnavailable = "temporarily_unavailable";

    /// <summary>RFC 6749 section 4.1.2.1: the service failed; its log has the reason.</summary>
    public const string ServerError = "server_error";
}
