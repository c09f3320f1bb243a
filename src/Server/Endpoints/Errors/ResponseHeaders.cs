using System.Globalization;
using GrpcDcr.Server.Endpoints.Discovery;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>Headers of responses.</summary>
internal static class ResponseHeaders
{
    /// <summary>Responses may contain credentials (RFC 6749 section 5.1).</summary>
    public static void ForbidStoring(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>All headers that explain a refusal, where they apply.</summary>
    public static void Explain(HttpResponse response, RegistrationFault fault)
    {
        Challenge(response, fault);
        if (fault is RegistrationFault.ActNotOffered notOffered)
        {
            response.Headers.Allow = string.Join(", ", ManagementMethods.MethodsOf(notOffered.Offered));
        }

        // The rest of the body is not read (RFC 9112 section 9.6). HTTP/2 has no such header.
        if (fault is RegistrationFault.BodyTooLarge or RegistrationFault.BodyTooSlow
            && HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        Delay(response, fault);
    }

    /// <summary><c>Retry-After</c>, RFC 6585 section 4, in seconds, rounded up. Nothing for a fault that is not limited in time.</summary>
    public static void Delay(HttpResponse response, RegistrationFault fault)
    {
        if (GrpcFault.RetryAfterOf(fault) is { } delay)
        {
            var seconds = (long)Math.Round(delay.TotalSeconds, MidpointRounding.ToPositiveInfinity);
            response.Headers.RetryAfter = Math.Max(1, seconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary><c>WWW-Authenticate</c>, RFC 6750 section 3. In gRPC it is metadata.</summary>
    public static void Challenge(HttpResponse response, RegistrationFault fault)
    {
        if (fault is RegistrationFault.CredentialRequired)
        {
            // No error code where no credential was sent (RFC 6750 section 3.1).
            response.Headers.WWWAuthenticate = "Bearer realm=\"grpcdcr\"";
        }
        else if (fault is RegistrationFault.CredentialInvalid or RegistrationFault.MalformedCredential or RegistrationFault.ActForbidden
            or RegistrationFault.RoleForbids)
        {
            response.Headers.WWWAuthenticate =
                $"Bearer realm=\"grpcdcr\", error=\"{fault.OAuthError}\", error_description=\"{fault.Description}\"";
        }
    }
}
