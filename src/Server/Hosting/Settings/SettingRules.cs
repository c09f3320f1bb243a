using System.Net;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Rules for single settings.</summary>
internal static class SettingRules
{
    private const string ProxiesKey = $"{ForwardedOptions.Section}:{nameof(ForwardedOptions.TrustedProxies)}";

    /// <summary>An origin: https, or http on loopback (RFC 7591 section 5).</summary>
    public static string? Origin(SettingsReader reader, string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && ListenerSettings.NothingButAuthority().IsMatch(value))
        {
            return value.TrimEnd('/');
        }

        reader.Add(
            nameof(ServiceOptions.PublicBaseUrl),
            value,
            "an https origin such as https://as.example without path; http only for localhost, 127.0.0.1 or [::1]");
        return null;
    }

    /// <summary>Responses contain absolute URIs: behind a proxy, or on all addresses, only the administrator knows the origin.</summary>
    public static void RequireOrigin(SettingsReader reader, ServerSettings settings)
    {
        if (settings.PublicBaseUrl is null
            && settings.Admission.Enabled
            && reader.Sources.Find(nameof(ServiceOptions.PublicBaseUrl)) is null or { Value: "" }
            && (settings.TrustedProxies.Count > 0 || !settings.Listeners.Urls[Listener.Public].IsLoopback))
        {
            reader.Add(
                nameof(ServiceOptions.PublicBaseUrl), "", "the https origin that clients use, such as https://as.example, where "
                + $"{ListenerSettings.SectionOf(Listener.Public)} is reached from other machines");
        }
    }

    /// <summary>If a statement is required and no issuer is trusted, nobody could register.</summary>
    public static void RequireIssuers(SettingsReader reader, ServerSettings settings)
    {
        var policies = settings.Registration.Policies;
        if (settings.SoftwareStatements.Issuers.Count == 0
            && (policies.Anonymous.SoftwareStatementRequired || policies.InitialAccessToken.SoftwareStatementRequired))
        {
            reader.Add(
                $"{RegistrationOptions.Section}:{nameof(RegistrationOptions.SoftwareStatementRequired)}", "true",
                "true only if SoftwareStatements:Issuers has a trusted issuer");
        }
    }

    public static IReadOnlyList<IPNetwork> TrustedProxies(SettingsReader reader)
    {
        var networks = new List<IPNetwork>();
        var list = reader.Read<ForwardedOptions>(ForwardedOptions.Section).TrustedProxies;
        foreach (var entry in list.Split((char[]?)[' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(entry, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                reader.Add(ProxiesKey, entry, "addresses and CIDR networks separated by spaces, such as 10.0.0.7 10.1.0.0/16");
            }
        }

        return networks;
    }
}
