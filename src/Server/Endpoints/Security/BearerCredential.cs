using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Credentials;
using Microsoft.Extensions.Primitives;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>The bearer token of a request, from the <c>Authorization</c> header only (RFC 6750 section 2.1).</summary>
internal static class BearerCredential
{
    private const string Scheme = "Bearer";

    /// <summary>The credential in the header. Credentials of another scheme are ignored.</summary>
    public static PresentedCredential Of(StringValues authorization)
    {
        if (authorization.Count == 0)
        {
            return default;
        }

        if (authorization.Count > 1)
        {
            return new PresentedCredential(null, "More than one Authorization header was sent.");
        }

        var value = authorization.ToString().AsSpan().Trim();
        var space = value.IndexOf(' ');
        var scheme = space < 0 ? value : value[..space];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var token = space < 0 ? [] : value[space..].Trim();
        return IsToken(token)
            ? new PresentedCredential(new Secret(token.ToString()))
            : new PresentedCredential(null, "The Authorization header has no well-formed Bearer token.");
    }

    /// <summary><c>b64token</c> of RFC 6750 section 2.1.</summary>
    private static bool IsToken(ReadOnlySpan<char> token)
    {
        var body = token.TrimEnd('=');
        if (body.IsEmpty)
        {
            return false;
        }

        foreach (var c in body)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~' or '+' or '/'))
            {
                return false;
            }
        }

        return true;
    }
}
