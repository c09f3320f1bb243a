using GrpcDcr.Server.Registration.Hosts;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Names;

/// <summary>
/// A name that only some clients may use: those whose redirect URIs have one of these hosts or private-use schemes (RFC 7591 section
/// 5: a client must not be able to pass for another). With neither, nobody may use it.
/// </summary>
internal sealed class ReservedName(string name, HostPatterns hosts, AllowedValues schemes)
{
    private readonly AllowedValues all = new(
        hosts.InOrder.Select(pattern => pattern.ToString()).Concat(schemes.InOrder.Select(scheme => scheme + ":")), StringComparer.Ordinal);

    /// <summary>The name as configured, which need not be ASCII.</summary>
    public string Name => name;

    /// <summary>Whether clients at a host, as it stands in a URI, may use the name.</summary>
    public bool AllowsHost(ReadOnlySpan<char> host) => hosts.Match(host);

    /// <summary>Whether clients of a private-use scheme, without its colon, may use the name.</summary>
    public bool AllowsScheme(ReadOnlySpan<char> scheme) => schemes.Contains(scheme);

    /// <summary>The hosts and schemes for a reader, cut short where they are many; <c>none</c> where nobody may use the name.</summary>
    public override string ToString() => all.ToString();
}
