using System.Net;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Fuzz.Tests.Oracles;

/// <summary>What holds for every redirect URI that is accepted, as another reader of URIs sees it.</summary>
internal static class RedirectUris
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    public static void CheckAccepted(string uri)
    {
        Assert.DoesNotContain(uri, character => character is <= ' ' or > '~' or '#' or '\\' or '"' or '<' or '>');
        var read = new RedirectUri(uri);
        Assert.NotEqual(RedirectUriKind.Unusable, read.Kind);
        Assert.True(RedirectUriMatch.Allows(read, new RedirectUri(uri)));
        Assert.Equal(uri, RedirectUriMatch.Choose([read], null));
        if (IsHttp(uri))
        {
            CheckHttp(uri);
        }
    }

    /// <summary>The host as <see cref="Uri"/> reads it is the host that the rules validated.</summary>
    public static void CheckHttp(string uri)
    {
        Assert.True(Uri.TryCreate(uri, UriKind.Absolute, out var read), "It is no URI to others.");
        Assert.Equal("", read.UserInfo);
        Assert.Equal("", read.Fragment);
        var text = UriText.Split(uri);
        Assert.True(IsSameHost(text.Host.ToString(), read), $"The host is {text.Host} here, and {read.Host} to others.");
        Assert.Equal(text.AfterHost.IsEmpty ? read.Scheme == Uri.UriSchemeHttp ? 80 : 443 : int.Parse(text.AfterHost[1..]), read.Port);
        Assert.Contains(read.Scheme, new[] { Uri.UriSchemeHttp, Uri.UriSchemeHttps });
        Assert.True(read.Scheme == Uri.UriSchemeHttps || Loopback.Contains(read.Host), "It is plain http elsewhere.");
    }

    /// <summary>Whether <see cref="Uri"/> reads that host too. It shortens IPv6 addresses.</summary>
    public static bool IsSameHost(string host, Uri read) => host.StartsWith('[')
        ? IPAddress.Parse(host[1..^1]).Equals(IPAddress.Parse(read.Host[1..^1]))
        : host.Equals(read.Host, StringComparison.OrdinalIgnoreCase);

    public static bool IsHttp(string uri) =>
        uri.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
