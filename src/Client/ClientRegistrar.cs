using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>Registers OAuth clients (RFC 7591). Safe for concurrent use.</summary>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class ClientRegistrar(ClientRegistration.ClientRegistrationClient stub)
{
    /// <summary>
    /// Registers a client. Never sent twice by itself: after a <see cref="GrpcDcrException"/> with
    /// <see cref="StatusCode.Unavailable"/> or <see cref="StatusCode.DeadlineExceeded"/> the client may be registered all the same.
    /// </summary>
    /// <param name="metadata">What the client says about itself.</param>
    /// <param name="initialAccessToken">Presented instead of <see cref="GrpcDcrClientOptions.InitialAccessToken"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the client may be registered all the same.</param>
    /// <returns>
    /// What was registered and issued. Keep the <c>ClientSecret</c>, absent where the client needs none, and the
    /// <c>RegistrationAccessToken</c>, which opens <see cref="ClientConfiguration"/>: neither can be asked for later.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// Refused. With <see cref="GrpcDcrError.InvalidRedirectUri"/>, <see cref="GrpcDcrError.InvalidClientMetadata"/> or
    /// <see cref="GrpcDcrError.InvalidSoftwareStatement"/>, <see cref="GrpcDcrException.Violations"/> names every member that is wrong.
    /// Others are <see cref="GrpcDcrError.UnapprovedSoftwareStatement"/>, <see cref="GrpcDcrError.InvalidToken"/>,
    /// <see cref="GrpcDcrError.RegistrationNotSupported"/> and <see cref="GrpcDcrError.TooManyRequests"/>.
    /// </exception>
    public async Task<ClientInformation> RegisterAsync(
        ClientMetadata metadata, string? initialAccessToken = null, CancellationToken cancellationToken = default)
    {
        var request = new RegisterClientRequest { Metadata = metadata };
        return (await SendAsync(request, initialAccessToken, cancellationToken).ConfigureAwait(false)).ClientInformation;
    }

    /// <summary>
    /// Says what <see cref="RegisterAsync"/> would do, and why; nothing is registered and no use of the initial access token is spent.
    /// Sent once, as registrations are, and counted by the same rate limit.
    /// </summary>
    /// <param name="metadata">What the client would say about itself.</param>
    /// <param name="initialAccessToken">Presented instead of <see cref="GrpcDcrClientOptions.InitialAccessToken"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Whether the metadata is acceptable, with every violation, default and replacement, and the first state. What is wrong with the
    /// metadata is told here and not thrown.
    /// </returns>
    /// <exception cref="GrpcDcrException">
    /// Not admitted, so nothing was looked at: <see cref="GrpcDcrError.InvalidToken"/>,
    /// <see cref="GrpcDcrError.RegistrationNotSupported"/>, <see cref="GrpcDcrError.TooManyRequests"/>, or another fault.
    /// </exception>
    public async Task<RegistrationPreview> PreviewAsync(
        ClientMetadata metadata, string? initialAccessToken = null, CancellationToken cancellationToken = default)
    {
        var request = new RegisterClientRequest { Metadata = metadata, ValidateOnly = true };
        return (await SendAsync(request, initialAccessToken, cancellationToken).ConfigureAwait(false)).Preview;
    }

    private async Task<RegisterClientResponse> SendAsync(
        RegisterClientRequest request, string? initialAccessToken, CancellationToken cancellationToken)
    {
        var headers = initialAccessToken is null ? null : Bearer.Added(null, initialAccessToken);
        return await stub.RegisterClientAsync(request, headers, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
