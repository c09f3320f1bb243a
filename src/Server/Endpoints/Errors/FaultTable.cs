using Grpc.Core;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>How a fault looks on each wire.</summary>
/// <param name="Grpc">The gRPC status.</param>
/// <param name="Reason">The <c>reason</c> of google.rpc.ErrorInfo, and the OAuth <c>error</c>.</param>
/// <param name="Http">The HTTP status.</param>
internal sealed record FaultRow(StatusCode Grpc, string Reason, int Http);

/// <summary>One row a fault. RFC 7591 section 3.2.2, RFC 6750 section 3.1, RFC 6585 section 4.</summary>
internal static class FaultTable
{
    private static readonly Dictionary<Type, FaultRow> Rows = new()
    {
        [typeof(RegistrationFault.InvalidMetadata)] = new(StatusCode.InvalidArgument, OAuthErrors.InvalidClientMetadata, 400),
        [typeof(RegistrationFault.MalformedRequest)] = new(StatusCode.InvalidArgument, OAuthErrors.InvalidRequest, 400),
        [typeof(RegistrationFault.MalformedCredential)] = new(StatusCode.InvalidArgument, OAuthErrors.InvalidRequest, 400),
        [typeof(RegistrationFault.UnsupportedMediaType)] = new(StatusCode.InvalidArgument, OAuthErrors.InvalidRequest, 415),
        [typeof(RegistrationFault.BodyTooLarge)] = new(StatusCode.InvalidArgument, OAuthErrors.InvalidRequest, 413),
        [typeof(RegistrationFault.InsecureTransport)] = new(StatusCode.PermissionDenied, OAuthErrors.InvalidRequest, 400),
        [typeof(RegistrationFault.RegistrationNotSupported)] =
            new(StatusCode.PermissionDenied, OAuthErrors.RegistrationNotSupported, 403),
        [typeof(RegistrationFault.CredentialRequired)] = new(StatusCode.Unauthenticated, OAuthErrors.InvalidToken, 401),
        [typeof(RegistrationFault.CredentialInvalid)] = new(StatusCode.Unauthenticated, OAuthErrors.InvalidToken, 401),
        [typeof(RegistrationFault.RoleForbids)] = new(StatusCode.PermissionDenied, OAuthErrors.InsufficientScope, 403),
        [typeof(RegistrationFault.UnapprovedSoftwareStatement)] = new(StatusCode.InvalidArgument, OAuthErrors.UnapprovedSoftwareStatement, 400),
        [typeof(RegistrationFault.ActNotOffered)] = new(StatusCode.Unimplemented, OAuthErrors.InvalidRequest, 405),
        [typeof(RegistrationFault.ActForbidden)] = new(StatusCode.PermissionDenied, OAuthErrors.InsufficientScope, 403),
        [typeof(RegistrationFault.InitialAccessTokenNotFound)] = new(StatusCode.NotFound, "token_not_found", 404),
        [typeof(RegistrationFault.SecretNotRecoverable)] = new(StatusCode.FailedPrecondition, "no_secret", 400),
        [typeof(RegistrationFault.TooManyRequests)] = new(StatusCode.ResourceExhausted, OAuthErrors.TooManyRequests, 429),
        [typeof(RegistrationFault.ClientNotFound)] = new(StatusCode.NotFound, "client_not_found", 404),
        [typeof(RegistrationFault.InvalidClient)] = new(StatusCode.Unauthenticated, OAuthErrors.InvalidClient, 401),
        [typeof(RegistrationFault.StateForbids)] = new(StatusCode.FailedPrecondition, "state_forbids", 400),
        [typeof(RegistrationFault.EtagMismatch)] = new(StatusCode.Aborted, "etag_mismatch", 409),
        [typeof(RegistrationFault.ClientHasNoSecret)] = new(StatusCode.FailedPrecondition, "no_secret", 400),
        [typeof(RegistrationFault.InvalidArgument)] = new(StatusCode.InvalidArgument, OAuthErrors.InvalidRequest, 400),
        [typeof(RegistrationFault.BackupNotSupported)] = new(StatusCode.FailedPrecondition, "backup_not_supported", 400),
        [typeof(RegistrationFault.BackupExists)] = new(StatusCode.AlreadyExists, "backup_exists", 409),
        [typeof(RegistrationFault.Unavailable)] = new(StatusCode.Unavailable, OAuthErrors.TemporarilyUnavailable, 503),
        [typeof(RegistrationFault.Internal)] = new(StatusCode.Internal, OAuthErrors.ServerError, 500),
    };

    public static FaultRow RowOf(RegistrationFault fault) => fault is RegistrationFault.InvalidMetadata invalid
        ? Rows[fault.GetType()] with { Reason = invalid.Error }
        : Rows[fault.GetType()];
}
