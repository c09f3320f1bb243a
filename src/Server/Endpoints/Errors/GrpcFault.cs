using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Server.Errors;
using GrpcDcr.V1;
using RpcStatus = Google.Rpc.Status;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>A fault for gRPC callers: google.rpc.Status with ErrorInfo, and with BadRequest and RetryInfo where they apply.</summary>
internal static class GrpcFault
{
    public static RpcException ToRpcException(RegistrationFault fault, string method) => ToStatus(fault, method).ToRpcException();

    /// <param name="fault">What is wrong.</param>
    /// <param name="method">The gRPC method that was called, <c>/service/method</c>; empty when it is not known yet.</param>
    public static RpcStatus ToStatus(RegistrationFault fault, string method = "")
    {
        var row = FaultTable.RowOf(fault);
        var status = new RpcStatus
        {
            Code = (int)row.Grpc,
            Message = fault.Description,
            Details = { Any.Pack(InfoOf(fault)) },
        };
        if (ViolationsOf(fault, method) is { FieldViolations.Count: > 0 } violations)
        {
            status.Details.Add(Any.Pack(violations));
        }

        if (RetryAfterOf(fault) is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        return status;
    }

    /// <summary>How long to wait before a retry; <see langword="null"/> if a retry does not help.</summary>
    public static TimeSpan? RetryAfterOf(RegistrationFault fault) => fault switch
    {
        RegistrationFault.TooManyRequests limited => limited.RetryAfter,
        RegistrationFault.TooManyUnapprovedClients limited => limited.RetryAfter,
        RegistrationFault.UpdateForbidden forbidden => forbidden.RetryAfter,
        RegistrationFault.StoreUnavailable unavailable => unavailable.RetryAfter,
        RegistrationFault.IssuerKeysUnavailable unavailable => unavailable.RetryAfter,
        RegistrationFault.TokenIssuerUnavailable unavailable => unavailable.RetryAfter,
        _ => null,
    };

    private static ErrorInfo InfoOf(RegistrationFault fault)
    {
        var info = new ErrorInfo { Reason = fault.Reason, Domain = ErrorReasons.Domain };
        if (fault.OAuthError is { } error)
        {
            info.Metadata[ErrorReasons.OAuthErrorKey] = error;
        }

        foreach (var (name, value) in fault.Details)
        {
            info.Metadata[name] = value;
        }

        return info;
    }

    private static BadRequest ViolationsOf(RegistrationFault fault, string method)
    {
        var bad = new BadRequest();
        if (fault is RegistrationFault.InvalidMetadata invalid)
        {
            bad.FieldViolations.AddRange(invalid.Violations.Select(v =>
                new BadRequest.Types.FieldViolation { Field = FieldPath.Of(v, method), Description = v.Description }));
        }
        else if (fault is RegistrationFault.InvalidArgument argument)
        {
            bad.FieldViolations.AddRange(argument.Violations.Select(v =>
                new BadRequest.Types.FieldViolation { Field = v.Path, Description = v.Description }));
        }

        return bad;
    }
}
