using System.Net;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>What the settings of an issuer have in common.</summary>
internal static class IssuerSettings
{
    /// <summary>The allowed form of a URL of an issuer; an example follows.</summary>
    public const string Url = "an https URL without query and fragment, or one with http and a loopback address, such as ";

    public static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { Query: "", Fragment: "", UserInfo: "" }
        && UriSyntax.CharacterFault(text) is null
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLoopback(url)));

    /// <summary>
    /// <c>host:port</c> of an issuer on this machine that is asked in plain HTTP; <see langword="null"/> for https.
    /// </summary>
    public static string? PlainOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp ? url.Authority : null;

    /// <summary>The roles by the values of the claim.</summary>
    /// <param name="reader">Gets what is wrong.</param>
    /// <param name="section">The section with a setting for each role.</param>
    /// <param name="roles">Each role, and the setting with its values.</param>
    public static ILookup<string, string> RolesOf(SettingsReader reader, string section, params (string Role, string Words)[] roles)
    {
        var values = roles.SelectMany(role => WordList.Words(role.Words).Select(value => (Value: value, role.Role))).ToList();
        if (values.Count == 0)
        {
            var names = string.Join(", ", roles.Select(role => role.Role));
            reader.Add(section, "", $"values of the claim for one or more of the roles {names}, such as {section}:Approver");
        }

        return values.ToLookup(value => value.Value, value => value.Role, StringComparer.Ordinal);
    }

    /// <summary>A name other than localhost may lead anywhere.</summary>
    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
