using System.Net;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The issuer of JWTs for administrators and authorization servers.</summary>
/// <param name="Trust">Whose JWTs are accepted, and what their claims mean.</param>
/// <param name="Plain"><c>host:port</c> of an issuer on this machine that is asked in plain HTTP; <see langword="null"/> for https.</param>
internal sealed record JwtSettings(JwtTrust Trust, string? Plain)
{
    private const string Url = "an https URL without query and fragment, or one with http and a loopback address, such as ";
    private const string WellKnown = "/.well-known/openid-configuration";

    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    /// <returns><see langword="null"/> if no issuer is configured.</returns>
    public static JwtSettings? Read(SettingsReader reader)
    {
        if (!reader.Sources.NamesIn(JwtOptions.Section).Any())
        {
            return null;
        }

        var options = reader.Read<JwtOptions>(JwtOptions.Section);
        var address = options.MetadataAddress.Length > 0 ? options.MetadataAddress : options.Authority.TrimEnd('/') + WellKnown;
        CheckUrls(reader, options);
        CheckTexts(reader, options);
        var trust = new JwtTrust(
            options.Authority.Length > 0 ? options.Authority : null,
            address,
            options.Audience,
            options.RoleClaim,
            options.NameClaim,
            WordList.Words(options.ValidTypes),
            options.ClockSkew,
            RolesOf(reader));
        return new JwtSettings(trust, PlainOf(address));
    }

    private static void CheckUrls(SettingsReader reader, JwtOptions options)
    {
        if (options is { Authority: "", MetadataAddress: "" })
        {
            reader.Add(Key(nameof(options.Authority)), "", $"{Url}https://as.example; or {nameof(options.MetadataAddress)}");
        }

        foreach (var (name, url) in new[]
        {
            (nameof(options.Authority), options.Authority),
            (nameof(options.MetadataAddress), options.MetadataAddress),
        })
        {
            if (url.Length > 0 && !IsUrl(url))
            {
                reader.Add(Key(name), url, $"{Url}https://as.example");
            }
        }
    }

    private static void CheckTexts(SettingsReader reader, JwtOptions options)
    {
        if (options.Audience.Length == 0)
        {
            reader.Add(
                Key(nameof(options.Audience)), "",
                "the identifier of this service at the issuer; otherwise JWTs for any other service would be accepted");
        }

        if (options.RoleClaim.Length == 0)
        {
            reader.Add(Key(nameof(options.RoleClaim)), "", "the name of a claim, such as roles");
        }

        if (WordList.Words(options.ValidTypes).Length == 0)
        {
            reader.Add(Key(nameof(options.ValidTypes)), "", "one or more values of typ, such as at+jwt");
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > MaxSkew)
        {
            reader.Add(Key(nameof(options.ClockSkew)), $"{options.ClockSkew}", "a time from 00:00:00 to 00:05:00");
        }
    }

    private static ILookup<string, string> RolesOf(SettingsReader reader)
    {
        var options = reader.Read<JwtRoleOptions>(JwtRoleOptions.Section);
        var values = new[]
        {
            (Roles.Admin, options.Admin), (Roles.Approver, options.Approver), (Roles.Viewer, options.Viewer),
            (Roles.Directory, options.Directory), (Roles.Secrets, options.Secrets),
        }.SelectMany(role => WordList.Words(role.Item2).Select(value => (Value: value, Role: role.Item1))).ToList();
        if (values.Count == 0)
        {
            reader.Add(
                JwtRoleOptions.Section, "",
                $"values of the claim for one or more of the roles {string.Join(", ", Roles.All)}, such as "
                    + $"{JwtRoleOptions.Section}:Approver");
        }

        return values.ToLookup(value => value.Value, value => value.Role, StringComparer.Ordinal);
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { Query: "", Fragment: "", UserInfo: "" }
        && UriSyntax.CharacterFault(text) is null
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLoopback(url)));

    /// <summary>A name other than localhost may lead anywhere.</summary>
    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static string? PlainOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp ? url.Authority : null;

    private static string Key(string name) => $"{JwtOptions.Section}:{name}";
}
