using GrpcDcr.Admin.V1;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// Whether new clients may register, for administrators. While registration is closed, clients manage themselves and authorization servers
/// look them up as ever. It stays closed over restarts of the service. Every act is recorded in the audit log. Safe for concurrent use; can
/// be derived from in tests.
/// </summary>
/// <remarks>Every method throws <see cref="GrpcDcrException"/> when the service could not do it.</remarks>
public class RegistrationControlClient
{
    private readonly ServiceConnection _connection;
    private readonly RegistrationControl.RegistrationControlClient _stub;

    internal RegistrationControlClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new RegistrationControl.RegistrationControlClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected RegistrationControlClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Says whether new clients may register.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The status, with when and why registration was last closed or opened.</returns>
    public virtual async Task<RegistrationStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var request = new GetRegistrationStatusRequest();
        var response = await _connection.CallAsync(_stub.GetRegistrationStatusAsync, request, cancellationToken).ConfigureAwait(false);
        return response.RegistrationStatus;
    }

    /// <summary>
    /// Closes registration: from now on registrations end with <see cref="ErrorReason.RegistrationDisabled"/>. Closing it again notes the
    /// new reason and time.
    /// </summary>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The status after the act.</returns>
    public virtual async Task<RegistrationStatus> CloseAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new CloseRegistrationRequest { Reason = reason ?? "" };
        var response = await _connection.CallAsync(_stub.CloseRegistrationAsync, request, cancellationToken).ConfigureAwait(false);
        return response.RegistrationStatus;
    }

    /// <summary>Opens registration. Opening it again notes the new reason and time.</summary>
    /// <param name="reason">Why, for the audit log, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The status after the act: not enabled where the settings of the service disable registration.</returns>
    public virtual async Task<RegistrationStatus> OpenAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new OpenRegistrationRequest { Reason = reason ?? "" };
        var response = await _connection.CallAsync(_stub.OpenRegistrationAsync, request, cancellationToken).ConfigureAwait(false);
        return response.RegistrationStatus;
    }
}
