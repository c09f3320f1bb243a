using System.Globalization;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Fetching;

/// <summary>A URI whose text allows a fetch. The addresses of its host are validated when it connects.</summary>
/// <param name="Text">The URI as given.</param>
/// <param name="Uri">The same, parsed.</param>
/// <param name="Host">A name or an address without brackets, in lower case.</param>
/// <param name="Port">The port, given or 443.</param>
/// <param name="MayBePrivate">Whether the host may have an address that is not public.</param>
internal sealed record FetchTarget(string Text, Uri Uri, string Host, int Port, bool MayBePrivate)
{
    /// <summary>The maximum length in octets. The rules for registrations have a lower limit.</summary>
    private const int LongestUri = 16384;

    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    /// <summary>Lower ports belong to other protocols such as mail and login.</summary>
    private const int LeastFreePort = 1024;

    /// <summary>
    /// What is wrong with the text of a URI, worded to follow its member's name, or <see langword="null"/> and the target.
    /// </summary>
    public static string? Fault(string uri, AllowedHosts allowed, out FetchTarget? target)
    {
        target = null;
        if ((UriSyntax.LengthFault(uri, LongestUri) ?? UriSyntax.CharacterFault(uri)) is { } fault)
        {
            return fault;
        }

        var text = UriText.Split(uri);
        var isPlain = allowed.IsPlain(text);
        if (!UriSchemes.IsHttps(text.Scheme) && !isPlain)
        {
            return "is not an absolute https URI";
        }

        if (text.HasFragment)
        {
            return "has a fragment; none is allowed";
        }

        if ((UriSyntax.AuthorityFault(text) ?? UriSyntax.PathFault(text.Path) ?? PortFault(uri, text, allowed, isPlain, out target))
            is { } problem)
        {
            return problem;
        }

        target = isPlain ? target! with { MayBePrivate = true } : target;
        return null;
    }

    /// <summary>Allowed are 443, 1024 to 65535, and the ports in the settings.</summary>
    private static string? PortFault(string uri, UriText text, AllowedHosts allowed, bool isPlain, out FetchTarget? target)
    {
        target = null;
        var host = text.Host.ToString().ToLowerInvariant();
        var port = text.AfterHost.IsEmpty
            ? (isPlain ? HttpPort : HttpsPort)
            : int.Parse(text.AfterHost[1..], NumberStyles.None, CultureInfo.InvariantCulture);
        if (port != HttpsPort && port < LeastFreePort && !allowed.NamesPort(host, port) && !isPlain)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has port {port}; allowed are 443 and 1024 to 65535");
        }

        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
        {
            return "is not an absolute https URI";
        }

        target = new FetchTarget(uri, parsed, host.Trim('[', ']'), port, allowed.Contains(host, port));
        return null;
    }
}
