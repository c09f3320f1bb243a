using System.Collections.Frozen;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Fetching;

/// <summary>The hosts of <see cref="FetchingOptions.AllowedHosts"/>.</summary>
/// <param name="list">The setting.</param>
/// <param name="plain">
/// <c>host:port</c> of a server on this machine that is asked in plain HTTP, because the configuration names it so;
/// <see langword="null"/> if there is none.
/// </param>
internal sealed class AllowedHosts(string list, string? plain = null)
{
    private readonly FrozenSet<string> _entries = WordList.Words(list).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the host may have any address at this port.</summary>
    /// <param name="host">The host as in the URI: an IPv6 address in brackets.</param>
    /// <param name="port">The port, given or default.</param>
    public bool Contains(string host, int port) => _entries.Contains(host) || NamesPort(host, port);

    /// <summary>Whether the URI is one of the server on this machine that is asked in plain HTTP.</summary>
    public bool IsPlain(UriText uri) => plain is not null
        && uri.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)
        && uri.Authority.Equals(plain, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the list has an entry for this port of the host.</summary>
    public bool NamesPort(string host, int port) => _entries.Contains($"{host}:{port}");

    /// <summary>Whether a text is a valid entry of the list.</summary>
    internal static bool IsEntry(string entry)
    {
        var uri = UriText.Split($"https://{entry}");
        return uri.Authority.Length == entry.Length && !uri.HasFragment && UriSyntax.AuthorityFault(uri) is null;
    }
}
