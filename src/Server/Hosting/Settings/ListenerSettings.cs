using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The addresses of the listeners.</summary>
/// <param name="Urls">By listener.</param>
/// <param name="MaxConnections">How many connections each may have.</param>
/// <param name="Framework">Settings of Kestrel that this service adds: defaults, and passwords from files.</param>
internal sealed partial record ListenerSettings(
    IReadOnlyDictionary<Listener, Uri> Urls,
    IReadOnlyDictionary<Listener, int> MaxConnections,
    IReadOnlyDictionary<string, string?> Framework)
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:0");

    /// <summary>The source with the lowest precedence, so that every listener has an address.</summary>
    public static IReadOnlyDictionary<string, string?> Defaults { get; } = new Dictionary<string, string?>
    {
        [$"{SectionOf(Listener.Public)}:Url"] = "http://127.0.0.1:8080",
        [MaxConnectionsKey(Listener.Public)] = "10000",
        [$"{SectionOf(Listener.Internal)}:Url"] = "http://127.0.0.1:8081",
        [$"{SectionOf(Listener.Internal)}:Protocols"] = nameof(HttpProtocols.Http2),
        [$"{SectionOf(Listener.Admin)}:Url"] = "http://127.0.0.1:8082",
        [$"{SectionOf(Listener.Management)}:Url"] = "http://127.0.0.1:8083",
    };

    public static IEnumerable<SettingsGroup> Groups =>
    [
        .. Listener.All.SelectMany(listener => (SettingsGroup[])
        [
            new(SectionOf(listener), typeof(ListenerOptions)),
            new($"{SectionOf(listener)}:Certificate", typeof(CertificateOptions)),
        ]),
        new(CertificateOptions.Default, typeof(CertificateOptions)),
    ];

    public IPEndPoint EndPointOf(Listener listener) => new(AddressOf(Urls[listener]), Urls[listener].Port);

    /// <summary>The address for a program on this machine: a listener at all addresses answers on loopback.</summary>
    public Uri ReachableUrlOf(Listener listener)
    {
        var address = AddressOf(Urls[listener]);
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return new UriBuilder(Urls[listener])
        {
            Host = host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : $"{host}",
        }.Uri;
    }

    public static string SectionOf(Listener listener) => $"Kestrel:Endpoints:{listener.Name}";

    public static string MaxConnectionsKey(Listener listener) => $"{SectionOf(listener)}:{nameof(ListenerOptions.MaxConnections)}";

    public static ListenerSettings Read(SettingsReader reader, bool hasTrustedProxy)
    {
        var passwords = new Dictionary<string, string?>();
        var hasDefault = HasCertificate(reader, CertificateOptions.Default, passwords);
        var (urls, limits) = (new Dictionary<Listener, Uri>(), new Dictionary<Listener, int>());
        foreach (var listener in Listener.All)
        {
            var section = SectionOf(listener);
            var options = reader.Read<ListenerOptions>(section);
            var text = options.Url.Length > 0 ? options.Url : Defaults[$"{section}:Url"]!;
            var url = UrlOf(reader, $"{section}:Url", text);
            var hasCertificate = HasCertificate(reader, $"{section}:Certificate", passwords) || hasDefault;
            if (url.Scheme == Uri.UriSchemeHttps && !hasCertificate)
            {
                reader.Add(
                    $"{section}:Url",
                    text,
                    $"https with a certificate in {section}:Certificate:Path or {CertificateOptions.Default}:Path");
            }

            CheckProtocols(reader, listener, options);
            RequireTls(reader, listener, url, hasTrustedProxy);
            ReadLimit(reader, listener, options, limits);
            urls[listener] = url;
        }

        RequireApart(reader, urls);
        return new ListenerSettings(urls, limits, passwords);
    }

    /// <summary>Whether a listener without TLS can be reached from other machines.</summary>
    public static bool IsExposed(Listener listener, bool isSecure, IPAddress? address) =>
        !isSecure && listener.NeedsTls && (address is null || !IPAddress.IsLoopback(address));

    private static Uri UrlOf(SettingsReader reader, string key, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && (IPAddress.TryParse(url.DnsSafeHost, out _) || (url.Host == "localhost" && url.Port != 0))
            && NothingButAuthority().IsMatch(text))
        {
            return url;
        }

        reader.Add(
            key,
            text,
            "http:// or https:// with an address of this machine and a port, such as http://127.0.0.1:8080 or https://0.0.0.0:8443");
        return Nowhere;
    }

    private static void CheckProtocols(SettingsReader reader, Listener listener, ListenerOptions options)
    {
        var allowed = listener == Listener.Internal
            ? new[] { HttpProtocols.Http2, HttpProtocols.Http1AndHttp2 }
            : [HttpProtocols.Http1, HttpProtocols.Http2, HttpProtocols.Http1AndHttp2];
        if (options.Protocols is { } protocols && !allowed.Contains(protocols))
        {
            reader.Add($"{SectionOf(listener)}:Protocols", $"{protocols}", string.Join(" or ", allowed));
        }
    }

    private static void ReadLimit(SettingsReader reader, Listener listener, ListenerOptions options, Dictionary<Listener, int> limits)
    {
        var key = MaxConnectionsKey(listener);
        var max = options.MaxConnections
            ?? (Defaults.TryGetValue(key, out var text) ? int.Parse(text!, CultureInfo.InvariantCulture) : int.MaxValue);
        if (max < 1)
        {
            reader.Add(key, $"{max}", $"a whole number from 1 to {int.MaxValue}");
        }

        limits[listener] = max;
    }

    private static void RequireTls(SettingsReader reader, Listener listener, Uri url, bool hasTrustedProxy)
    {
        if (!hasTrustedProxy && IsExposed(listener, url.Scheme == Uri.UriSchemeHttps, AddressOf(url)))
        {
            reader.Add(
                $"{SectionOf(listener)}:Url",
                url.GetLeftPart(UriPartial.Authority),
                $"https (with {CertificateOptions.Default}:Path), a loopback address, "
                    + "or a TLS proxy named in ForwardedHeaders:TrustedProxies; "
                + "plain http can be read on the network");
        }
    }

    /// <summary>Two listeners cannot share a port; port 0 means any free one.</summary>
    private static void RequireApart(SettingsReader reader, Dictionary<Listener, Uri> urls)
    {
        foreach (var (one, other) in Listener.All.SelectMany((one, i) => Listener.All.Skip(i + 1).Select(other => (one, other))))
        {
            if (urls[one].Port != 0 && urls[one].Port == urls[other].Port && Overlap(AddressOf(urls[one]), AddressOf(urls[other])))
            {
                reader.Add(
                    $"{SectionOf(other)}:Url",
                    urls[other].GetLeftPart(UriPartial.Authority),
                    $"an address or port other than that of {SectionOf(one)}");
            }
        }
    }

    /// <summary>An address for all addresses of the machine includes every other; that of IPv6 includes those of IPv4.</summary>
    private static bool Overlap(IPAddress one, IPAddress other) =>
        one.Equals(other) || one.Equals(IPAddress.IPv6Any) || other.Equals(IPAddress.IPv6Any)
        || (one.AddressFamily == other.AddressFamily && (one.Equals(IPAddress.Any) || other.Equals(IPAddress.Any)));

    private static IPAddress AddressOf(Uri url) => url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.DnsSafeHost);

    private static bool HasCertificate(SettingsReader reader, string section, Dictionary<string, string?> passwords)
    {
        var options = reader.Read<CertificateOptions>(section);
        CertificateSettings.Check(reader, section, options);
        if (reader.Sources.Find($"{section}:PasswordFile") is { Value.Length: > 0 })
        {
            passwords[$"{section}:{nameof(options.Password)}"] = options.Password;
        }

        return options.Path.Length > 0 || options.Subject.Length > 0;
    }

    /// <summary>Stricter than <see cref="Uri"/>, which accepts surrounding white space and an empty query or fragment.</summary>
    [GeneratedRegex(@"^[A-Za-z]+://[^/?#@\s\\]+/?\z", RegexOptions.CultureInvariant)]
    internal static partial Regex NothingButAuthority();
}
