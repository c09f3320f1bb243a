using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Values;

/// <summary>
/// Matches the redirect URI of an authorization request: string comparison (RFC 6749 section 3.1.2.3, RFC 9700 section 2.1), in which only
/// the port of a loopback http URI may differ (RFC 8252 section 7.3).
/// </summary>
internal static class RedirectUriMatch
{
    internal static bool Allows(RedirectUri registered, RedirectUri requested) =>
        registered.Equals(requested) || DifferOnlyInLoopbackPort(registered, requested);

    /// <summary>
    /// The redirect URI to use: the requested one if it is allowed; the only registered one if none was requested. Otherwise
    /// <see langword="null"/>: the request must be refused without redirecting.
    /// </summary>
    internal static string? Choose(IReadOnlyList<RedirectUri> registered, string? requested)
    {
        if (requested is null)
        {
            return registered.Distinct().Take(2).ToList() is [var only] ? only.Text : null;
        }

        var uri = new RedirectUri(requested);
        return registered.Any(one => Allows(one, uri)) ? requested : null;
    }

    private static bool DifferOnlyInLoopbackPort(RedirectUri registered, RedirectUri requested) =>
        HasFreePort(registered)
        && HasFreePort(requested)
        && BeforePort(registered).SequenceEqual(BeforePort(requested))
        && AfterPort(registered).SequenceEqual(AfterPort(requested));

    private static bool HasFreePort(RedirectUri uri) =>
        uri.Kind == RedirectUriKind.HttpLoopback && (uri.Port.IsEmpty || UriSyntax.IsPort(uri.Port));

    /// <summary>The part up to the host, as in <c>http://127.0.0.1</c> of <c>http://127.0.0.1:51004/cb</c>.</summary>
    private static ReadOnlySpan<char> BeforePort(RedirectUri uri) => uri.Text.AsSpan(0, HostEnd(uri));

    private static ReadOnlySpan<char> AfterPort(RedirectUri uri) => uri.Text.AsSpan(HostEnd(uri) + uri.Port.Length);

    private static int HostEnd(RedirectUri uri) => uri.Scheme.Length + "://".Length + uri.Host.Length;
}
