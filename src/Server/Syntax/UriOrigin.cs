namespace GrpcDcr.Server.Syntax;

/// <summary>Where URIs lead to: scheme and host, which compare without case, and the port (RFC 6454 section 4).</summary>
internal static class UriOrigin
{
    /// <summary>Whether two http or https URIs have scheme, host and port in common.</summary>
    internal static bool IsShared(string one, string other) =>
        HostIsShared(one, other) && Port(UriText.Split(one)).SequenceEqual(Port(UriText.Split(other)));

    /// <summary>Whether two URIs have a scheme and a host in common, whatever their ports.</summary>
    internal static bool HostIsShared(string one, string other)
    {
        var first = UriText.Split(one);
        var second = UriText.Split(other);
        return !first.Host.IsEmpty
            && first.Scheme.Equals(second.Scheme, StringComparison.OrdinalIgnoreCase)
            && first.Host.Equals(second.Host, StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> Port(UriText uri) =>
        !uri.AfterHost.IsEmpty ? uri.AfterHost : UriSchemes.IsHttps(uri.Scheme) ? ":443" : ":80";
}
