using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// Counts and records calls that are refused for their credential. They have budgets of their own: no refusal is paid from the budget of
/// callers with a good credential, and a good credential works from a network that guesses.
/// </summary>
internal sealed class FailedCredentials(RegistrationLimiters limiters, RejectionAggregator rejections)
{
    /// <summary>The fault for a registration that is not admitted.</summary>
    /// <param name="fault">Why it is not admitted.</param>
    /// <param name="address">The address of the caller.</param>
    /// <param name="caller">For the audit log.</param>
    /// <param name="cancellationToken">Stops waiting for a shared limiter.</param>
    /// <returns><paramref name="fault"/>, or that there were too many of them.</returns>
    public ValueTask<RegistrationFault> CountRegistrationAsync(
        RegistrationFault fault, IPAddress? address, Caller caller, CancellationToken cancellationToken) =>
        CountAsync(AuditEventType.RegistrationRefused, limiters.FailedRegistration, fault, address, caller, cancellationToken);

    /// <summary>The fault for a wrong role token; as for registrations.</summary>
    public ValueTask<RegistrationFault> CountRoleTokenAsync(
        RegistrationFault fault, IPAddress? address, Caller caller, CancellationToken cancellationToken) =>
        CountAsync(AuditEventType.RoleTokenRefused, limiters.FailedRoleToken, fault, address, caller, cancellationToken);

    private async ValueTask<RegistrationFault> CountAsync(
        AuditEventType type, PartitionedRateLimiter<IPAddress> limiter, RegistrationFault fault, IPAddress? address, Caller caller,
        CancellationToken cancellationToken)
    {
        try
        {
            await limiter.TakeAsync(address, cancellationToken);
        }
        catch (RegistrationRefusedException exhausted)
        {
            fault = exhausted.Fault;
        }

        await rejections.NoteAsync(type, fault, caller, cancellationToken);
        return fault;
    }
}
