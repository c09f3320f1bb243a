namespace GrpcDcr.Server.Syntax;

/// <summary>Where URIs lead to: scheme and host, which compare without case, and the port (RFC 6454 section 4).</summary>
internal static class UriOrigin
{
    /// <summary>Whether two http or https URIs have scheme, host and port in common.</summary>
    internal static bool IsShared(UriText one, UriText other) => HostIsShared(one, other) && Port(one).SequenceEqual(Port(other));

    /// <summary>Whether two URIs have a scheme and a host in common, whatever their ports.</summary>
    internal static bool HostIsShared(UriText one, UriText other) =>
        !one.Host.IsEmpty
        && one.Scheme.Equals(other.Scheme, StringComparison.OrdinalIgnoreCase)
        && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Port(UriText uri) =>
        !uri.AfterHost.IsEmpty ? uri.AfterHost : UriSchemes.IsHttps(uri.Scheme) ? ":443" : ":80";
}
