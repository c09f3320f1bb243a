namespace GrpcDcr.Client;

/// <summary>Checks of addresses and credentials in the options.</summary>
internal static class Addresses
{
    /// <summary>The scheme of addresses that the client resolves itself, to spread its calls.</summary>
    public const string Dns = "dns";

    /// <summary>A header value allows visible ASCII only; the usual mistake is the line break at the end of a file.</summary>
    public static bool IsVisible(string credential) => credential.All(c => c is > ' ' and < '\x7f');
}
