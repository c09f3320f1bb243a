using System.Net;
using System.Text.RegularExpressions;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>What single settings may be.</summary>
internal static partial class SettingRules
{
    private const int MinRoleTokenLength = 16;

    public static DoorAddresses Doors(DoorOptions options, bool hasTrustedProxy, List<string> problems)
    {
        var publicDoor = Door("Doors:Public", options.Public, problems);
        var inner = Door("Doors:Inner", options.Inner, problems);
        var @operator = Door("Doors:Operator", options.Operator, problems);
        RequireTls("Doors:Public", publicDoor, hasTrustedProxy, problems);
        RequireTls("Doors:Inner", inner, hasTrustedProxy, problems);
        RequireTls("Doors:Operator", @operator, hasTrustedProxy, problems);
        RequireApart(("Doors:Public", publicDoor), ("Doors:Inner", inner), problems);
        RequireApart(("Doors:Public", publicDoor), ("Doors:Operator", @operator), problems);
        RequireApart(("Doors:Inner", inner), ("Doors:Operator", @operator), problems);
        return new DoorAddresses(publicDoor, inner, @operator);
    }

    /// <summary>An origin: https, or http for this machine (RFC 7591 section 5).</summary>
    public static string? Origin(string? value, List<string> problems)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && NothingButAuthority().IsMatch(value))
        {
            return value.TrimEnd('/');
        }

        problems.Add(SettingsSection.Wrong(
            "PublicBaseUrl", value, "an https origin such as https://as.example without path; http only for localhost, 127.0.0.1 or [::1]"));
        return null;
    }

    /// <summary>Clients are told where to go: behind a proxy or on every address, only the administrator knows the name of that place.</summary>
    public static void RequireOrigin(ServerSettings settings, List<string> problems)
    {
        if (settings.PublicBaseUrl is null && settings.Admission.Enabled && (settings.TrustedProxies.Count > 0 || !settings.Doors.Public.IsLoopback))
        {
            problems.Add("PublicBaseUrl is empty while Doors:Public is reached from other machines; allowed is the https origin that "
                + "clients use, such as https://as.example.");
        }
    }

    /// <summary>Where a statement is required but nobody's are trusted, nobody could register.</summary>
    public static void RequireIssuers(ServerSettings settings, List<string> problems)
    {
        var policies = settings.Registration.Policies;
        if (settings.Statements.Issuers.Count == 0 && (policies.Anonymous.SoftwareStatementRequired || policies.InitialAccessToken.SoftwareStatementRequired))
        {
            problems.Add("Registration:StatementRequired is true, but Statements:Issuers names nobody whose statements are trusted.");
        }
    }

    public static IReadOnlyList<IPNetwork> Networks(string list, List<string> problems)
    {
        var networks = new List<IPNetwork>();
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
                problems.Add(SettingsSection.Wrong(
                    "ForwardedHeaders:TrustedProxies", entry, "addresses and CIDR networks with spaces between them, such as 10.0.0.7 10.1.0.0/16"));
            }
        }

        return networks;
    }

    public static RoleOptions Role(IConfiguration configuration, string section, List<string> problems)
    {
        var role = SettingsSection.Read<RoleOptions>(configuration, section, problems);
        role.Token = Token(role.Token, section + ":Token", MinRoleTokenLength, problems);
        return role;
    }

    /// <summary>A bearer token (RFC 6750 section 2.1). A bad one is not repeated in the message: it is a secret.</summary>
    public static string Token(string token, string key, int minimum, List<string> problems)
    {
        if (token.Length > 0 && (token.Length < minimum || !BearerToken().IsMatch(token)))
        {
            problems.Add($"{key} is not acceptable; allowed are {minimum} or more characters of A-Z a-z 0-9 - . _ ~ + / with = at the end only.");
        }

        return token;
    }

    /// <summary>A listener that no listener names would belong to none, and answer nothing.</summary>
    public static void CheckListeners(IConfiguration configuration, List<string> problems)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            problems.Add("Kestrel:Endpoints is not a setting here; Doors:Public, Doors:Inner and Doors:Operator say where to listen.");
        }
    }

    private static Uri Door(string key, string value, List<string> problems)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && (IPAddress.TryParse(uri.DnsSafeHost, out _) || uri.Host == "localhost"))
        {
            return uri;
        }

        problems.Add(SettingsSection.Wrong(
            key, value, "http:// or https:// with an address of this machine and a port, such as http://127.0.0.1:8080 or https://0.0.0.0:8443"));
        return new Uri("http://127.0.0.1:0");
    }

    private static void RequireTls(string key, Uri door, bool hasTrustedProxy, List<string> problems)
    {
        if (door.Scheme == Uri.UriSchemeHttp && !door.IsLoopback && !hasTrustedProxy)
        {
            problems.Add($"{key} is '{door.GetLeftPart(UriPartial.Authority)}', plain http that other machines can reach; allowed is https (with "
                + "Kestrel:Certificates:Default:Path), a loopback address, or a TLS proxy named in ForwardedHeaders:TrustedProxies.");
        }
    }

    /// <summary>Two listeners cannot share a port; port 0 means any free one.</summary>
    private static void RequireApart((string Key, Uri Url) one, (string Key, Uri Url) other, List<string> problems)
    {
        if (one.Url.Port != 0 && one.Url.Port == other.Url.Port && one.Url.Host == other.Url.Host)
        {
            problems.Add(SettingsSection.Wrong(
                other.Key, other.Url.GetLeftPart(UriPartial.Authority), $"an address or port other than that of {one.Key}"));
        }
    }

    /// <summary>What <see cref="Uri"/> forgives: white space around it, an empty query or fragment.</summary>
    [GeneratedRegex(@"^[A-Za-z]+://[^/?#@\s\\]+/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NothingButAuthority();

    [GeneratedRegex(@"^[A-Za-z0-9._~+/-]+=*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BearerToken();
}

/// <summary>Where each listener listens.</summary>
internal sealed record DoorAddresses(Uri Public, Uri Inner, Uri Operator);
