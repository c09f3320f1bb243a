using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Admission;

/// <summary>The independent budgets of callers.</summary>
/// <param name="Registration">Registrations without an initial access token, where that is admitted.</param>
/// <param name="TokenRegistration">Registrations with a valid initial access token.</param>
/// <param name="FailedRegistration">Registrations that are not admitted.</param>
/// <param name="Management">Reads, updates and deletions with a valid registration access token.</param>
/// <param name="FailedManagement">
/// Wrong registration access tokens. A separate budget, so that guessing does not affect clients at the same address.
/// </param>
/// <param name="FailedRoleToken">Wrong tokens of administrators and authorization servers.</param>
internal sealed record RegistrationLimiters(
    PartitionedRateLimiter<IPAddress> Registration,
    PartitionedRateLimiter<IPAddress> TokenRegistration,
    PartitionedRateLimiter<IPAddress> FailedRegistration,
    PartitionedRateLimiter<IPAddress> Management,
    PartitionedRateLimiter<IPAddress> FailedManagement,
    PartitionedRateLimiter<IPAddress> FailedRoleToken)
{
    /// <summary>Budgets of this process only.</summary>
    public static RegistrationLimiters Of(AdmissionOptions options, TimeProvider time, ServiceMetrics metrics) =>
        Of(options, metrics, (_, limit, globalLimit) => new AddressWindow(limit, globalLimit, time));

    /// <param name="options">The limits.</param>
    /// <param name="metrics">Counts refusals.</param>
    /// <param name="window">Creates a limiter from its name, the limit for each address and the limit for all addresses.</param>
    public static RegistrationLimiters Of(
        AdmissionOptions options, ServiceMetrics metrics, Func<string, int, int, PartitionedRateLimiter<IPAddress>> window)
    {
        return new(
            Counted("registration", options.RateLimit, options.GlobalRateLimit),
            Counted("token-registration", options.RateLimit, options.GlobalRateLimit),
            Window("failed-registration", options.RateLimit),
            Window("management", options.ManagementRateLimit),
            Window("failed-management", options.FailedManagementRateLimit),
            Window("failed-role-token", options.FailedRoleTokenRateLimit));

        // Many addresses are many clients, so the limit for all of them is a multiple.
        PartitionedRateLimiter<IPAddress> Window(string name, int limit) => Counted(name, limit, (int)Math.Min(int.MaxValue, 100L * limit));

        PartitionedRateLimiter<IPAddress> Counted(string name, int limit, int globalLimit) =>
            new CountedLimiter(window(name, limit, globalLimit), name, metrics);
    }
}

/// <summary>Takes from a budget.</summary>
internal static class Budget
{
    /// <param name="limiter">The budget.</param>
    /// <param name="address">The address of the caller; calls without an address share one budget.</param>
    /// <param name="cancellationToken">Stops waiting for a shared limiter.</param>
    /// <exception cref="RegistrationRefusedException">The budget is used up.</exception>
    public static async ValueTask TakeAsync(
        this PartitionedRateLimiter<IPAddress> limiter, IPAddress? address, CancellationToken cancellationToken)
    {
        using var lease = await limiter.AcquireAsync(address ?? IPAddress.None, 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
            throw new RegistrationRefusedException(new RegistrationFault.TooManyRequests(retryAfter));
        }
    }
}
