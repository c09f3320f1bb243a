using System.Net;
using System.Net.Sockets;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary>Checks before anything is created that the listeners can be opened.</summary>
internal static class ListenerAddresses
{
    /// <exception cref="SettingsException">An address is not one of this machine, or a port is in use.</exception>
    public static void Check(SettingsReader reader, ListenerSettings settings)
    {
        foreach (var listener in Listener.All)
        {
            if (ErrorOf(settings.EndPointOf(listener)) is { } error)
            {
                reader.Add(
                    $"{ListenerSettings.SectionOf(listener)}:Url",
                    settings.Urls[listener].GetLeftPart(UriPartial.Authority),
                    AllowedAfter(error));
            }
        }

        reader.ThrowIfWrong();
    }

    private static string AllowedAfter(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "a port that is not in use",
        SocketError.AccessDenied => $"a port that the user {Environment.UserName} may open, such as 1024 and above",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => "an address of this machine",
        _ => $"an address and port that can be opened; the system answered {error}",
    };

    private static SocketError? ErrorOf(IPEndPoint endpoint)
    {
        try
        {
            using var listener = endpoint.Address.Equals(IPAddress.IPv6Any) ? TcpListener.Create(endpoint.Port) : new TcpListener(endpoint);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
