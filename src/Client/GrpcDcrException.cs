using System.Globalization;
using Google.Rpc;
using Grpc.Core;

namespace GrpcDcr.Client;

/// <summary>The service refused a call, or could not be reached. <see cref="Exception.InnerException"/> is the <see cref="RpcException"/>.</summary>
public sealed class GrpcDcrException : Exception
{
    /// <summary>The <c>google.rpc.ErrorInfo.domain</c> of the service's own faults.</summary>
    private const string Domain = "grpcdcr";

    /// <summary>Reads what the service attached to <paramref name="fault"/>.</summary>
    /// <param name="fault">How the call ended.</param>
    public GrpcDcrException(RpcException fault)
        : this(fault, (fault ?? throw new ArgumentNullException(nameof(fault))).Trailers.GetRpcStatus(ignoreParseError: true))
    {
    }

    private GrpcDcrException(RpcException fault, Google.Rpc.Status? details)
        : this(fault, details, details?.GetDetail<ErrorInfo>() is { Domain: Domain } info ? info.Reason : null)
    {
    }

    private GrpcDcrException(RpcException fault, Google.Rpc.Status? details, string? error)
        : base($"{error ?? fault.StatusCode.ToString()}: {fault.Status.Detail}", fault)
    {
        StatusCode = fault.StatusCode;
        Error = error;
        Description = fault.Status.Detail;
        Violations = [.. (details?.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(v => new FieldViolation(v.Field, v.Description))];
        RetryAfter = details?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? RetryAfterOf(fault.Trailers);
    }

    /// <summary>
    /// The OAuth <c>error</c> code, one of <see cref="GrpcDcrError"/>. Null when the fault is not the service's own: it could not
    /// be reached, the deadline passed, or something between answered.
    /// </summary>
    public string? Error { get; }

    /// <summary>The OAuth <c>error_description</c>: what is wrong, for a developer to read. May be empty.</summary>
    public string Description { get; }

    /// <summary>Everything that is wrong with the request, member by member. Empty when the fault is about something else.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; }

    /// <summary>The gRPC status of the call.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>How long to wait before the call is worth another try. Null when the service did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The <c>retry-after</c> metadata in seconds (RFC 9110 section 10.2.3); the form with a date is not used.</summary>
    private static TimeSpan? RetryAfterOf(Metadata trailers) =>
        int.TryParse(trailers.GetValue("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
