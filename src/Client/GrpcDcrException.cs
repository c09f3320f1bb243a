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
    /// <param name="fault">The error of the call.</param>
    public GrpcDcrException(RpcException fault)
        : this(fault, (fault ?? throw new ArgumentNullException(nameof(fault))).Trailers.GetRpcStatus(ignoreParseError: true))
    {
    }

    /// <summary>Creates an error without a call, for tests of error handling.</summary>
    /// <param name="statusCode">The gRPC status.</param>
    /// <param name="reason">The reason. Unspecified for an error that does not come from the service.</param>
    /// <param name="description">What is wrong. Default: empty.</param>
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
    /// Why the service refused the call. <see cref="ErrorReason.Unspecified"/> when the error does not come from the service (it could not
    /// be reached, the deadline passed, or a proxy answered), and for a reason that this version does not know.
    /// </summary>
    public ErrorReason Reason { get; }

    /// <summary>The reason as it was sent, such as <c>CLIENT_NOT_FOUND</c>. Null when the error does not come from the service.</summary>
    public string? ReasonName { get; }

    /// <summary>The error code of the OAuth specifications, such as <c>invalid_redirect_uri</c>. Null when OAuth defines none.</summary>
    public string? OAuthError => Details.GetValueOrDefault(ErrorReasons.OAuthErrorKey);

    /// <summary>Further details from the service, by name; the names are documented with each <see cref="ErrorReason"/>.</summary>
    public IReadOnlyDictionary<string, string> Details { get; } = new Dictionary<string, string>();

    /// <summary>What is wrong, as a text for developers. It may be empty, and may change.</summary>
    public string Description { get; }

    /// <summary>Every violation in the request. Empty when the error is not about fields.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; } = [];

    /// <summary>The gRPC status of the call.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>How long to wait before a retry. Null when the service did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// True when the same call may succeed later: the service is unavailable, the rate limit is exceeded, or there was no response in time.
    /// A call that changes something may still have taken effect, unless the reason is <see cref="ErrorReason.RateLimited"/>.
    /// </summary>
    public bool IsTransient => StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded;

    /// <summary>The <c>retry-after</c> metadata in seconds (RFC 9110 section 10.2.3); the form with a date is not supported.</summary>
    private static TimeSpan? RetryAfterOf(Metadata trailers) =>
        int.TryParse(trailers.GetValue("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
