using System.Diagnostics;
using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.RateLimiting;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// The limiter of the rate limiting middleware: the budgets of admitted registrations, after authorization. Calls that are refused for
/// their credential are limited where it is validated, because they have budgets of their own.
/// </summary>
internal sealed class EndpointLimiter(RegistrationLimiters limiters) : PartitionedRateLimiter<HttpContext>
{
    public static void Configure(RateLimiterOptions options, RegistrationLimiters limiters, RejectionAggregator rejections)
    {
        options.GlobalLimiter = new EndpointLimiter(limiters);
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, cancellationToken) =>
        {
            context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
            var fault = new RegistrationFault.TooManyRequests(retryAfter);
            await rejections.NoteAsync(
                fault, CallOrigin.CallerOf(context.HttpContext, Actor.Applicant), cancellationToken,
                context.HttpContext.Features.Get<AdmissionDecision>()?.AdmittedBy);
            await ListenerErrors.WriteAsync(context.HttpContext, fault);
        };
    }

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>A remote limiter cannot answer synchronously: the refusal makes the middleware call the asynchronous method.</summary>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        LimiterOf(resource) is not null ? WindowLease.Refused(TimeSpan.Zero) : WindowLease.Granted;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        LimiterOf(resource) is { } limiter
            ? limiter.AcquireAsync(resource.Connection.RemoteIpAddress ?? IPAddress.None, permitCount, cancellationToken)
            : ValueTask.FromResult<RateLimitLease>(WindowLease.Granted);

    /// <summary>Only an admitted registration has a decision.</summary>
    private PartitionedRateLimiter<IPAddress>? LimiterOf(HttpContext http) => http.Features.Get<AdmissionDecision>() switch
    {
        null => null,
        { AdmittedBy: AdmissionNames.Open } => limiters.Registration,
        { AdmittedBy: AdmissionNames.InitialAccessToken } => limiters.TokenRegistration,
        { AdmittedBy: var other } => throw new UnreachableException($"There is no limit for registrations admitted by '{other}'."),
    };
}
