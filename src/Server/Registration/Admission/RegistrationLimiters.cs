using System.Net;
using System.Threading.RateLimiting;

namespace GrpcDcr.Server.Registration.Admission;

/// <summary>The budgets of the public door, each counted apart from the others.</summary>
/// <param name="Registration">Registrations.</param>
/// <param name="Management">Reads, updates and deletions with a good registration access token.</param>
/// <param name="FailedManagement">Wrong registration access tokens. It stops who guesses, not who owns a client at the same address.</param>
internal sealed record RegistrationLimiters(
    PartitionedRateLimiter<IPAddress> Registration,
    PartitionedRateLimiter<IPAddress> Management,
    PartitionedRateLimiter<IPAddress> FailedManagement)
{
    public static RegistrationLimiters Of(AdmissionOptions options, TimeProvider time)
    {
        return new(
            new AddressWindow(options.RateLimit, options.GlobalRateLimit, time),
            Window(options.ManagementRateLimit),
            Window(options.FailedManagementRateLimit));

        // Many addresses at once are many clients; all of them together are bounded too.
        AddressWindow Window(int limit) => new(limit, (int)Math.Min(int.MaxValue, 100L * limit), time);
    }
}

/// <summary>Takes from a budget.</summary>
internal static class Budget
{
    /// <param name="limiter">The budget.</param>
    /// <param name="address">Who takes; all calls from nowhere share one budget.</param>
    /// <param name="cancellationToken">Stops waiting for a shared limiter.</param>
    /// <exception cref="RegistrationRefusedException">Nothing is left.</exception>
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
