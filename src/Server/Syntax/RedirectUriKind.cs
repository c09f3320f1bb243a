namespace GrpcDcr.Server.Syntax;

/// <summary>The kinds of redirect URI, RFC 7591 section 5 and RFC 8252 section 7.</summary>
internal enum RedirectUriKind
{
    /// <summary>None of the others: cannot be registered.</summary>
    Unusable,

    /// <summary>https on a host elsewhere, also when an app claims it (RFC 8252 section 7.2).</summary>
    Https,

    /// <summary>https on this machine.</summary>
    HttpsLoopback,

    /// <summary>http on this machine (RFC 8252 section 7.3).</summary>
    HttpLoopback,

    /// <summary>An app's own scheme (RFC 8252 section 7.1).</summary>
    PrivateUse,
}

/// <summary>Tells the kinds of redirect URI apart.</summary>
internal static class RedirectUriKinds
{
    internal static RedirectUriKind Of(string uri)
    {
        var text = UriText.Split(uri);
        var isLoopback = HostSyntax.IsLoopback(text.Host) && !text.Authority.Contains('@');
        return UriSchemes.IsHttps(text.Scheme) ? isLoopback ? RedirectUriKind.HttpsLoopback : RedirectUriKind.Https
            : UriSchemes.IsHttp(text.Scheme) ? isLoopback ? RedirectUriKind.HttpLoopback : RedirectUriKind.Unusable
            : UriSchemes.IsPrivateUseName(text.Scheme) ? RedirectUriKind.PrivateUse
            : RedirectUriKind.Unusable;
    }

    /// <summary>The words of <c>Registration:RedirectUriKinds</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["https", "loopback", "private-use"];

    /// <summary>The word for a kind; empty for what cannot be registered.</summary>
    internal static string NameOf(RedirectUriKind kind) => kind switch
    {
        RedirectUriKind.Https => "https",
        RedirectUriKind.HttpsLoopback or RedirectUriKind.HttpLoopback => "loopback",
        RedirectUriKind.PrivateUse => "private-use",
        _ => "",
    };

    /// <summary>Whether only an app on the user's own device can receive the response.</summary>
    internal static bool IsForNativeOnly(string uri) => Of(uri) is RedirectUriKind.HttpLoopback or RedirectUriKind.PrivateUse;
}
