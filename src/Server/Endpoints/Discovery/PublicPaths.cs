namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>Absolute URIs on the public origin.</summary>
internal static class PublicPaths
{
    private const string Register = "/oauth/register";

    /// <summary>The registration endpoint, RFC 7591 section 3.</summary>
    public static string Registration(IPublicOrigin origin) => origin.Value + Register;

    /// <summary>The client configuration endpoint of a client, RFC 7592 section 3.</summary>
    public static string ClientConfiguration(IPublicOrigin origin, string clientId) => $"{origin.Value}{Register}/{clientId}";
}
