using System.Collections.Frozen;

namespace GrpcDcr.Server.Validation.Values;

/// <summary>
/// The parameters that an authorization server adds to a redirect URI: RFC 6749 sections 4.1.2 and 4.2.2, RFC 9207, OpenID Connect
/// Core and Session Management, JARM.
/// </summary>
internal static class ResponseParameters
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "code", "state", "error", "error_description", "error_uri", "iss", "response", "id_token", "access_token", "token_type",
        "expires_in", "scope", "session_state",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    internal static bool AreIn(ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            var end = parameter.IndexOf('=');
            var name = end < 0 ? parameter : parameter[..end];
            if (Lookup.Contains(name) || (name.Contains('%') && Names.Contains(Uri.UnescapeDataString(name))))
            {
                return true;
            }
        }

        return false;
    }
}
