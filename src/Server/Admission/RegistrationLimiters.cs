using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Admission;

/// <summary>The budgets of the public listener, each counted apart from the others.</summary>
/// <param name="Registration">Registrations.</param>
/// <param name="Management">Reads, updates and deletions with a good registration access token.</param>
/// <param name="FailedManagement">
/// Wrong registration access tokens. It stops who guesses, not who owns a client at the same address.
/// </param>
internal sealed record RegistrationLimiters(
    PartitionedRateLimiter<IPAddress> Registration,
    PartitionedRateLimiter<IPAddress> Management,
    PartitionedRateLimiter<IPAddress> FailedManagement)
{
    /// <summary>Budgets of this process alone.</summary>
    public static RegistrationLimiters Of(AdmissionOptions options, TimeProvider time) =>
        Of(options, (_, limit, globalLimit) => new AddressWindow(limit, globalLimit, time));

    /// <param name="options">How much each has.</param>
    /// <param name="window">Makes one from its name, what each address has a minute, and what all of them have together.</param>
    public static RegistrationLimiters Of(AdmissionOptions options, Func<string, int, int, PartitionedRateLimiter<IPAddress>> window)
    {
        return new(
            window("registration", options.RateLimit, options.GlobalRateLimit),
            Window("management", options.ManagementRateLimit),
            Window("failed-management", options.FailedManagementRateLimit));

        // Many addresses at once are many clients; all of them together are bounded too.
        PartitionedRateLimiter<IPAddress> Window(string name, int limit) => window(name, limit, (int)Math.Min(int.MaxValue, 100L * limit));
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
