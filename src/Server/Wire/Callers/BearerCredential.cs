using GrpcDcr.Server.Registration;
using Microsoft.Extensions.Primitives;

namespace GrpcDcr.Server.Wire.Callers;

/// <summary>The bearer token of a request, from the <c>Authorization</c> header only (RFC 6750 section 2.1).</summary>
internal static class BearerCredential
{
    private const string Scheme = "Bearer";

    /// <summary>The token, or <see langword="null"/> when none was sent. Credentials of another scheme do not count.</summary>
    /// <exception cref="RegistrationRefusedException">Several credentials, or characters no token has (RFC 6750 section 3.1).</exception>
    public static string? Of(StringValues authorization)
    {
        if (authorization.Count == 0)
        {
            return null;
        }

        if (authorization.Count > 1)
        {
            throw Malformed("More than one Authorization header was sent.");
        }

        var value = authorization.ToString().AsSpan().Trim();
        var space = value.IndexOf(' ');
        var scheme = space < 0 ? value : value[..space];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = space < 0 ? [] : value[space..].Trim();
        return IsToken(token) ? token.ToString() : throw Malformed("The Authorization header carries no well-formed Bearer token.");
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

    private static RegistrationRefusedException Malformed(string problem) => new(new RegistrationFault.MalformedRequest(problem));
}
