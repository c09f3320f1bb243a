using System.Collections.Frozen;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Fetching;

/// <summary>The hosts of <see cref="FetchingOptions.AllowedHosts"/>.</summary>
internal sealed class AllowedHosts(string list)
{
    private readonly FrozenSet<string> _entries = WordList.Words(list).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the host may have any address when it is asked at this port.</summary>
    /// <param name="host">As in the URI: an IPv6 address with its brackets.</param>
    /// <param name="port">The port, given or default.</param>
    public bool Contains(string host, int port) => _entries.Contains(host) || NamesPort(host, port);

    /// <summary>Whether this very port of the host is on the list.</summary>
    public bool NamesPort(string host, int port) => _entries.Contains($"{host}:{port}");

    /// <summary>Whether a text can stand on the list.</summary>
    internal static bool IsEntry(string entry)
    {
        var uri = UriText.Split($"https://{entry}");
        return uri.Authority.Length == entry.Length && !uri.HasFragment && UriSyntax.AuthorityFault(uri) is null;
    }
}
