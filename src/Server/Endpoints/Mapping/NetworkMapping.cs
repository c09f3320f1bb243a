using System.Net;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Networks in filters.</summary>
internal static class NetworkMapping
{
    /// <summary>What is allowed, to follow the name of the field.</summary>
    public const string Allowed = "must be an IP address, or a network such as 203.0.113.0/24";

    /// <summary>A network, or that of an address; <see langword="null"/> if the text is neither.</summary>
    public static IPNetwork? Read(string text)
    {
        var spelled = IPAddress.TryParse(text, out var address)
            ? CallerNetwork.Of(address) is var block && block.IsIPv6 ? $"{block}" : $"{block}/32"
            : text;
        return IPNetwork.TryParse(spelled, out var network) ? network : null;
    }
}
