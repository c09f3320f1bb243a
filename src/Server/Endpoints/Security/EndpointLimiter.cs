using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// The limiter of the rate limiting middleware: the budget of registrations for each address. Management calls are limited where their
/// token is validated, because wrong tokens have another budget than valid ones.
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
            await rejections.NoteAsync(fault, CallOrigin.CallerOf(context.HttpContext, Actor.Applicant), cancellationToken);
            await ListenerErrors.WriteAsync(context.HttpContext, fault);
        };
    }

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>A remote limiter cannot answer synchronously: the refusal makes the middleware call the asynchronous method.</summary>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        IsLimited(resource) ? WindowLease.Refused(TimeSpan.Zero) : WindowLease.Granted;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        IsLimited(resource)
            ? limiters.Registration.AcquireAsync(resource.Connection.RemoteIpAddress ?? IPAddress.None, permitCount, cancellationToken)
            : ValueTask.FromResult<RateLimitLease>(WindowLease.Granted);

    private static bool IsLimited(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.Register;
}
