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
    /// <returns>What was registered and issued. Keep the <c>ClientSecret</c>: no other answer ever shows it.</returns>
    /// <exception cref="GrpcDcrException">
    /// Refused. With <see cref="GrpcDcrError.InvalidRedirectUri"/> or <see cref="GrpcDcrError.InvalidClientMetadata"/>,
    /// <see cref="GrpcDcrException.Violations"/> names every member that is wrong.
    /// </exception>
    public async Task<ClientInformation> RegisterAsync(
        ClientMetadata metadata, string? initialAccessToken = null, CancellationToken cancellationToken = default)
    {
        var headers = initialAccessToken is null ? null : Bearer.Added(null, initialAccessToken);
        var request = new RegisterClientRequest { Metadata = metadata };
        var response = await stub.RegisterClientAsync(request, headers, cancellationToken: cancellationToken).ConfigureAwait(false);
        return response.ClientInformation;
    }
}
