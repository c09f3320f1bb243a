using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Closes and opens registration, for administrators. While registration is closed, clients can still manage themselves, and authorization
/// servers can look them up. It stays closed after a restart of the service. Every act is recorded in the audit log. Safe for concurrent
/// use; tests can derive from it.
/// </summary>
/// <remarks>Every method throws <see cref="GrpcDcrException"/> when the call failed.</remarks>
public class RegistrationControlClient
{
    private readonly ServiceConnection _connection;
    private readonly RegistrationControl.RegistrationControlClient _stub;

    internal RegistrationControlClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new RegistrationControl.RegistrationControlClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected RegistrationControlClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Returns whether new clients may register.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The status, with when and why registration was last closed or opened.</returns>
    public virtual async Task<RegistrationStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var request = new GetRegistrationStatusRequest();
        var response = await _connection.CallAsync(_stub.GetRegistrationStatusAsync, request, cancellationToken).ConfigureAwait(false);
        return response.RegistrationStatus;
    }

    /// <summary>
    /// Closes registration: new registrations fail with <see cref="ErrorReason.RegistrationDisabled"/>. Closing it again records the new
    /// reason and time.
    /// </summary>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The status after the act.</returns>
    public virtual async Task<RegistrationStatus> CloseAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new CloseRegistrationRequest { Reason = reason ?? "" };
        var response = await _connection.CallAsync(_stub.CloseRegistrationAsync, request, cancellationToken).ConfigureAwait(false);
        return response.RegistrationStatus;
    }

    /// <summary>Opens registration. Opening it again records the new reason and time.</summary>
    /// <param name="reason">The reason, for the audit log; at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may still take effect.</param>
    /// <returns>The status after the act. It is not enabled if the configuration of the service disables registration.</returns>
    public virtual async Task<RegistrationStatus> OpenAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new OpenRegistrationRequest { Reason = reason ?? "" };
        var response = await _connection.CallAsync(_stub.OpenRegistrationAsync, request, cancellationToken).ConfigureAwait(false);
        return response.RegistrationStatus;
    }
}
