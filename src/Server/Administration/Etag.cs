using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Administration;

/// <summary>Identifies one version of a client. Opaque to callers.</summary>
internal static class Etag
{
    public static string Of(RegisteredClient client) => $"v{client.Version}";

    /// <exception cref="RegistrationRefusedException">The etag is missing where it is required.</exception>
    public static void Check(ActRequest request, bool isNeeded)
    {
        if (isNeeded && request.Etag is null)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                "etag", "The etag of the client that was read is required."));
        }
    }

    /// <exception cref="RegistrationRefusedException">The client is not the version that the caller reviewed.</exception>
    public static void Check(ActRequest request, RegisteredClient current)
    {
        if (request.Etag is { } seen && seen != Of(current))
        {
            throw new RegistrationRefusedException(new RegistrationFault.EtagMismatch());
        }
    }
}
