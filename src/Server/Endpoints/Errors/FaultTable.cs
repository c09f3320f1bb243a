using Grpc.Core;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>The status of a fault.</summary>
/// <param name="Grpc">In gRPC.</param>
/// <param name="Http">In HTTP.</param>
internal sealed record FaultRow(StatusCode Grpc, int Http);

/// <summary>One row for each fault: RFC 7591 section 3.2.2, RFC 6750 section 3.1, RFC 6585 section 4.</summary>
internal static class FaultTable
{
    private static readonly Dictionary<Type, FaultRow> Rows = new()
    {
        [typeof(RegistrationFault.InvalidMetadata)] = new(StatusCode.InvalidArgument, 400),
        [typeof(RegistrationFault.UnapprovedSoftwareStatement)] = new(StatusCode.InvalidArgument, 400),
        [typeof(RegistrationFault.MalformedRequest)] = new(StatusCode.InvalidArgument, 400),
        [typeof(RegistrationFault.InvalidArgument)] = new(StatusCode.InvalidArgument, 400),
        [typeof(RegistrationFault.MalformedCredential)] = new(StatusCode.InvalidArgument, 400),
        [typeof(RegistrationFault.UnsupportedMediaType)] = new(StatusCode.InvalidArgument, 415),
        [typeof(RegistrationFault.BodyTooLarge)] = new(StatusCode.ResourceExhausted, 413),
        [typeof(RegistrationFault.BodyTooSlow)] = new(StatusCode.DeadlineExceeded, 408),
        [typeof(RegistrationFault.InsecureTransport)] = new(StatusCode.PermissionDenied, 400),
        [typeof(RegistrationFault.RegistrationDisabled)] = new(StatusCode.PermissionDenied, 403),
        [typeof(RegistrationFault.CredentialRequired)] = new(StatusCode.Unauthenticated, 401),
        [typeof(RegistrationFault.CredentialInvalid)] = new(StatusCode.Unauthenticated, 401),
        [typeof(RegistrationFault.TokenIssuerUnavailable)] = new(StatusCode.Unavailable, 503),
        [typeof(RegistrationFault.RoleForbids)] = new(StatusCode.PermissionDenied, 403),
        [typeof(RegistrationFault.ActNotOffered)] = new(StatusCode.Unimplemented, 405),
        [typeof(RegistrationFault.ActForbidden)] = new(StatusCode.PermissionDenied, 403),
        [typeof(RegistrationFault.UpdateForbidden)] = new(StatusCode.PermissionDenied, 403),
        [typeof(RegistrationFault.NetworkBlocked)] = new(StatusCode.PermissionDenied, 403),
        [typeof(RegistrationFault.TooManyUnapprovedClients)] = new(StatusCode.ResourceExhausted, 429),
        [typeof(RegistrationFault.TooManyRequests)] = new(StatusCode.ResourceExhausted, 429),
        [typeof(RegistrationFault.ClientNotFound)] = new(StatusCode.NotFound, 404),
        [typeof(RegistrationFault.InitialAccessTokenNotFound)] = new(StatusCode.NotFound, 404),
        [typeof(RegistrationFault.BlockRuleNotFound)] = new(StatusCode.NotFound, 404),
        [typeof(RegistrationFault.TooManyBlockRules)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.InvalidClient)] = new(StatusCode.Unauthenticated, 401),
        [typeof(RegistrationFault.ClientSendsNoSecret)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.StateForbids)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.AlreadyApproved)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.SelfApproval)] = new(StatusCode.PermissionDenied, 403),
        [typeof(RegistrationFault.CountMismatch)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.EtagMismatch)] = new(StatusCode.Aborted, 409),
        [typeof(RegistrationFault.PreconditionFailed)] = new(StatusCode.Aborted, 412),
        [typeof(RegistrationFault.ClientHasNoSecret)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.SecretNotRecoverable)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.RequestAlreadyDone)] = new(StatusCode.AlreadyExists, 409),
        [typeof(RegistrationFault.BackupNotSupported)] = new(StatusCode.FailedPrecondition, 400),
        [typeof(RegistrationFault.BackupAlreadyExists)] = new(StatusCode.AlreadyExists, 409),
        [typeof(RegistrationFault.StoreUnavailable)] = new(StatusCode.Unavailable, 503),
        [typeof(RegistrationFault.IssuerKeysUnavailable)] = new(StatusCode.Unavailable, 503),
        [typeof(RegistrationFault.Internal)] = new(StatusCode.Internal, 500),
    };

    public static FaultRow RowOf(RegistrationFault fault) => Rows[fault.GetType()];
}
