namespace GrpcDcr.Client;

/// <summary>What the options may hold.</summary>
internal static class Addresses
{
    /// <summary>The scheme of addresses that the client resolves itself, to spread its calls.</summary>
    public const string Dns = "dns";

    /// <summary>A header takes visible ASCII only; the usual slip is the line break at the end of a file.</summary>
    public static bool IsVisible(string credential) => credential.All(c => c is > ' ' and < '\x7f');
}
