using GrpcDcr.Server.Management;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The documents of a transcoded call. The HTTP profile reads the request from JSON and writes the answer as JSON, by the member table, and
/// the service takes the one and leaves the other here: transcoding sees empty messages.
/// </summary>
internal sealed class DocumentExchange
{
    /// <summary>The document of a registration; <see langword="null"/> for other calls.</summary>
    public ClientMetadata? Registration { get; init; }

    /// <summary>The document of an update; <see langword="null"/> for other calls.</summary>
    public UpdateRequest? Update { get; init; }

    /// <summary>The client that is answered; <see langword="null"/> before the call, and where no client is answered.</summary>
    public IssuedClient? Answer { get; set; }
}
