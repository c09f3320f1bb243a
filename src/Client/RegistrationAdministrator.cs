using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>
/// The switch of registration, for operators. Closed, no new client is admitted, while clients manage themselves and authorization servers
/// look them up as ever. The position outlives restarts. A service whose settings have registration off admits nobody whatever the switch
/// says. Turning it is recorded in the audit log. Safe for concurrent use.
/// </summary>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class RegistrationAdministrator(RegistrationControl.RegistrationControlClient stub)
{
    /// <summary>Says whether operators closed registration.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The switch, with when and why it was last turned.</returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async Task<RegistrationSwitch> GetSwitchAsync(CancellationToken cancellationToken = default)
    {
        var response = await stub.GetRegistrationSwitchAsync(new(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.RegistrationSwitch;
    }

    /// <summary>
    /// Admits no new clients from now on: registrations end with <see cref="GrpcDcrError.RegistrationNotSupported"/>. Closing what is
    /// closed notes the new reason and time.
    /// </summary>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The switch after the act.</returns>
    /// <exception cref="GrpcDcrException">Nothing was turned, or the service could not say.</exception>
    public async Task<RegistrationSwitch> CloseAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new CloseRegistrationRequest { Reason = reason ?? "" };
        return (await stub.CloseRegistrationAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).RegistrationSwitch;
    }

    /// <summary>Admits new clients again. Opening what is open notes the new reason and time.</summary>
    /// <param name="reason">Why, at most 1,000 characters. Optional.</param>
    /// <param name="cancellationToken">Stops waiting; the act may happen all the same.</param>
    /// <returns>The switch after the act.</returns>
    /// <exception cref="GrpcDcrException">Nothing was turned, or the service could not say.</exception>
    public async Task<RegistrationSwitch> OpenAsync(string? reason = null, CancellationToken cancellationToken = default)
    {
        var request = new OpenRegistrationRequest { Reason = reason ?? "" };
        return (await stub.OpenRegistrationAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).RegistrationSwitch;
    }
}
