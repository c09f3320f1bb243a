using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>The service refused a call, or could not be reached.</summary>
public sealed class GrpcDcrException : Exception
{
    /// <summary>
    /// Reads what the service attached to <paramref name="fault"/>, which becomes <see cref="Exception.InnerException"/>.
    /// </summary>
    /// <param name="fault">How the call ended.</param>
    public GrpcDcrException(RpcException fault)
        : this(fault, (fault ?? throw new ArgumentNullException(nameof(fault))).Trailers.GetRpcStatus(ignoreParseError: true))
    {
    }

    /// <summary>A fault without a call, for tests of what a program does then.</summary>
    /// <param name="statusCode">The gRPC status.</param>
    /// <param name="reason">The reason. Unspecified for a fault that is not the service's own.</param>
    /// <param name="description">What is wrong. Absent means nothing is said.</param>
    public GrpcDcrException(StatusCode statusCode, ErrorReason reason = ErrorReason.Unspecified, string description = "")
        : base($"{(reason == ErrorReason.Unspecified ? statusCode.ToString() : ErrorReasons.NameOf(reason))}: {description}")
    {
        StatusCode = statusCode;
        Reason = reason;
        ReasonName = reason == ErrorReason.Unspecified ? null : ErrorReasons.NameOf(reason);
        Description = description;
    }

    private GrpcDcrException(RpcException fault, Google.Rpc.Status? details)
        : this(fault, details, details?.GetDetail<ErrorInfo>() is { Domain: ErrorReasons.Domain } info ? info : null)
    {
    }

    private GrpcDcrException(RpcException fault, Google.Rpc.Status? details, ErrorInfo? info)
        : base($"{info?.Reason ?? fault.StatusCode.ToString()}: {fault.Status.Detail}", fault)
    {
        StatusCode = fault.StatusCode;
        Description = fault.Status.Detail;
        ReasonName = info?.Reason;
        Reason = info is null ? ErrorReason.Unspecified : ErrorReasons.Parse(info.Reason);
        Details = info is null ? Details : new Dictionary<string, string>(info.Metadata, StringComparer.Ordinal);
        Violations = [.. (details?.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(v => new FieldViolation(v.Field, v.Description))];
        RetryAfter = details?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? RetryAfterOf(fault.Trailers);
    }

    /// <summary>
    /// Why the service refused the call. <see cref="ErrorReason.Unspecified"/> when the fault is not the service's own (it could not be
    /// reached, the deadline passed, or something between answered), and for a reason that this version does not know.
    /// </summary>
    public ErrorReason Reason { get; }

    /// <summary>The reason as it was sent, such as <c>CLIENT_NOT_FOUND</c>. Null when the fault is not the service's own.</summary>
    public string? ReasonName { get; }

    /// <summary>
    /// The error code of the OAuth specifications, such as <c>invalid_redirect_uri</c>. Null where they have none for it.
    /// </summary>
    public string? OAuthError => Details.GetValueOrDefault(ErrorReasons.OAuthErrorKey);

    /// <summary>What the service said besides, by name; which names there are stands with each <see cref="ErrorReason"/>.</summary>
    public IReadOnlyDictionary<string, string> Details { get; } = new Dictionary<string, string>();

    /// <summary>What is wrong, for a developer to read. May be empty, and may change.</summary>
    public string Description { get; }

    /// <summary>Everything that is wrong with the request, field by field. Empty when the fault is about something else.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; } = [];

    /// <summary>The gRPC status of the call.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>How long to wait before the call is worth another try. Null when the service did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// True when nothing is wrong with the call and the same one may work later: the service is unavailable, over its rate limit, or did
    /// not answer in time. A call that changes something may have happened all the same, unless the reason is
    /// <see cref="ErrorReason.RateLimited"/>.
    /// </summary>
    public bool IsTransient => StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded;

    /// <summary>The <c>retry-after</c> metadata in seconds (RFC 9110 section 10.2.3); the form with a date is not used.</summary>
    private static TimeSpan? RetryAfterOf(Metadata trailers) =>
        int.TryParse(trailers.GetValue("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
