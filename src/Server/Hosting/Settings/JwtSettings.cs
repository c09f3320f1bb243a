using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>The issuer of JWTs for administrators and authorization servers.</summary>
/// <param name="Trust">Whose JWTs are accepted, and what their claims mean.</param>
/// <param name="Plain"><c>host:port</c> of an issuer on this machine that is asked in plain HTTP; <see langword="null"/> for https.</param>
internal sealed record JwtSettings(JwtTrust Trust, string? Plain)
{
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
        return new JwtSettings(trust, IssuerSettings.PlainOf(address));
    }

    private static void CheckUrls(SettingsReader reader, JwtOptions options)
    {
        if (options is { Authority: "", MetadataAddress: "" })
        {
            reader.Add(Key(nameof(options.Authority)), "", $"{IssuerSettings.Url}https://as.example; or {nameof(options.MetadataAddress)}");
        }

        foreach (var (name, url) in new[]
        {
            (nameof(options.Authority), options.Authority),
            (nameof(options.MetadataAddress), options.MetadataAddress),
        })
        {
            if (url.Length > 0 && !IssuerSettings.IsUrl(url))
            {
                reader.Add(Key(name), url, $"{IssuerSettings.Url}https://as.example");
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
        return IssuerSettings.RolesOf(
            reader, JwtRoleOptions.Section, (Roles.Admin, options.Admin), (Roles.Approver, options.Approver),
            (Roles.Viewer, options.Viewer), (Roles.Directory, options.Directory), (Roles.Secrets, options.Secrets));
    }

    private static string Key(string name) => $"{JwtOptions.Section}:{name}";
}
