namespace GrpcDcr.Server.Syntax;

/// <summary>Comparison of origins: scheme and host compare without case, and the port (RFC 6454 section 4).</summary>
internal static class UriOrigin
{
    /// <summary>Whether two http or https URIs have the same scheme, host and port.</summary>
    internal static bool IsShared(UriText one, UriText other) => HostIsShared(one, other) && Port(one).SequenceEqual(Port(other));

    /// <summary>Whether two URIs have the same scheme and host, ignoring their ports.</summary>
    internal static bool HostIsShared(UriText one, UriText other) =>
        !one.Host.IsEmpty
        && one.Scheme.Equals(other.Scheme, StringComparison.OrdinalIgnoreCase)
        && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Port(UriText uri) =>
        !uri.AfterHost.IsEmpty ? uri.AfterHost : UriSchemes.IsHttps(uri.Scheme) ? ":443" : ":80";
}
