using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Console.Sessions;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Reads the OpenID provider by which administrators sign in to the console.</summary>
internal static class OpenIdProviderSettings
{
    private const string OpenId = "openid";

    /// <returns><see langword="null"/> if no provider is configured.</returns>
    public static OpenIdProvider? Read(SettingsReader reader, ConsoleOptions console)
    {
        if (!reader.Sources.NamesIn(OpenIdProviderOptions.Section).Any())
        {
            return null;
        }

        var options = reader.Read<OpenIdProviderOptions>(OpenIdProviderOptions.Section);
        Check(reader, options);
        if (!console.Enabled)
        {
            reader.AddText(
                $"{OpenIdProviderOptions.Section} is set, but {ConsoleOptions.Section}:{nameof(console.Enabled)} is false. It is for the "
                + "sign-in to the console alone: remove it, or enable the console.");
        }

        var roles = reader.Read<OpenIdProviderRoleOptions>(OpenIdProviderRoleOptions.Section);
        return new OpenIdProvider(
            options.Authority,
            IssuerSettings.PlainOf(options.Authority),
            options.ClientId,
            new Secret(options.ClientSecret),
            WordList.Words(options.Scopes),
            new ClaimMeanings(options.RoleClaim, options.NameClaim, IssuerSettings.RolesOf(
                reader, OpenIdProviderRoleOptions.Section, (Roles.Admin, roles.Admin), (Roles.Approver, roles.Approver),
                (Roles.Viewer, roles.Viewer))));
    }

    private static void Check(SettingsReader reader, OpenIdProviderOptions options)
    {
        if (!IssuerSettings.IsUrl(options.Authority))
        {
            reader.Add(Key(nameof(options.Authority)), options.Authority, $"{IssuerSettings.Url}https://as.example");
        }

        if (options.ClientId.Length == 0)
        {
            reader.Add(Key(nameof(options.ClientId)), "", "the client_id of the console at the provider");
        }

        if (options.ClientSecret.Length == 0)
        {
            reader.Add(Key(nameof(options.ClientSecret)), value: null, "the client secret of the console at the provider");
        }

        if (!WordList.Words(options.Scopes).Contains(OpenId))
        {
            reader.Add(Key(nameof(options.Scopes)), options.Scopes, $"scopes with {OpenId} among them, such as openid profile");
        }

        if (options.RoleClaim.Length == 0)
        {
            reader.Add(Key(nameof(options.RoleClaim)), "", "the name of a claim, such as roles");
        }
    }

    private static string Key(string name) => $"{OpenIdProviderOptions.Section}:{name}";
}
