using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Whether an authorization request may use a redirect URI: string comparison (RFC 6749 section 3.1.2.3, RFC 9700 section 2.1),
/// in which only the port of a loopback http URI may differ (RFC 8252 section 7.3).
/// </summary>
internal static class RedirectUriMatch
{
    internal static bool Allows(string registered, string requested) =>
        string.Equals(registered, requested, StringComparison.Ordinal) || DifferOnlyInLoopbackPort(registered, requested);

    /// <summary>
    /// The redirect URI to use: the requested one if it is allowed; the only registered one if none was requested. Otherwise
    /// <see langword="null"/>: the request must be refused without redirecting.
    /// </summary>
    internal static string? Choose(IReadOnlyList<string> registered, string? requested)
    {
        if (requested is null)
        {
            return registered.Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only] ? only : null;
        }

        foreach (var uri in registered)
        {
            if (Allows(uri, requested))
            {
                return requested;
            }
        }

        return null;
    }

    private static bool DifferOnlyInLoopbackPort(string registered, string requested) =>
        LoopbackWithoutPort(registered, out var origin, out var rest)
        && LoopbackWithoutPort(requested, out var requestedOrigin, out var requestedRest)
        && origin.SequenceEqual(requestedOrigin)
        && rest.SequenceEqual(requestedRest);

    /// <summary>Splits <c>http://127.0.0.1:51004/cb</c> into what stands before and after the port.</summary>
    private static bool LoopbackWithoutPort(string uri, out ReadOnlySpan<char> origin, out ReadOnlySpan<char> rest)
    {
        var text = UriText.Split(uri);
        var isLoopback = UriSchemes.IsHttp(text.Scheme)
            && HostSyntax.IsLoopback(text.Host)
            && (text.AfterHost.IsEmpty || UriSyntax.IsPort(text.AfterHost));
        var hostEnd = text.Scheme.Length + "://".Length + text.Host.Length;
        origin = isLoopback ? uri.AsSpan(0, hostEnd) : default;
        rest = isLoopback ? uri.AsSpan(hostEnd + text.AfterHost.Length) : default;
        return isLoopback;
    }
}
