using System.Net;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Plain HTTP is for this machine; what comes from another one must have come by TLS, here or at a trusted proxy (RFC 7591 section 5).</summary>
internal static class SecureTransport
{
    /// <exception cref="RegistrationRefusedException">The credentials of this call were in the clear.</exception>
    public static void Require(HttpContext http)
    {
        if (!http.Request.IsHttps && http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InsecureTransport());
        }
    }
}
