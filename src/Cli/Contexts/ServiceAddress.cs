namespace GrpcDcr.Cli.Contexts;

/// <summary>Which addresses a credential may be sent to.</summary>
internal static class ServiceAddress
{
    /// <summary>Where the admin listener is by default.</summary>
    public const string Default = "http://127.0.0.1:8082";

    /// <param name="text">The address: scheme, host and port.</param>
    /// <param name="allowPlainHttp">Whether plain http may leave this machine.</param>
    /// <param name="what">The start of a sentence that names the source.</param>
    /// <exception cref="CommandFault">It is not acceptable.</exception>
    public static Uri Check(string text, bool allowPlainHttp, string what)
    {
        var address = CheckUri(text, allowPlainHttp, what);
        return address.PathAndQuery == "/" && address.Fragment.Length == 0
            ? address
            : throw CommandFault.Usage($"{what} is '{text}'; it must have only scheme, host and port.");
    }

    /// <summary>As <see cref="Check"/>, for an address that may have a path.</summary>
    public static Uri CheckUri(string text, bool allowPlainHttp, string what)
    {
        var address = Parse(text, what);
        return IsSecure(address) || allowPlainHttp
            ? address
            : throw CommandFault.Usage(
                $"{what} is '{text}': plain http would send credentials unencrypted to another machine. Use https, or --allow-plain-http "
                + "if the network itself is encrypted.");
    }

    /// <summary>An address of an authorization server: https, or this machine.</summary>
    public static Uri CheckSecure(string text, string what)
    {
        var address = Parse(text, what);
        return IsSecure(address)
            ? address
            : throw CommandFault.Usage($"{what} is '{text}': only https is allowed, and plain http on this machine.");
    }

    private static bool IsSecure(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.IsLoopback;

    private static Uri Parse(string text, string what)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0)
        {
            throw CommandFault.Usage(
                $"{what} is not acceptable: allowed are addresses that begin with https:// or http://, without a user.");
        }

        return address;
    }
}
