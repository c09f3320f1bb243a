using System.Text.RegularExpressions;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// A token of an administrator or an authorization server: configuration section <c>Authentication:Tokens:NAME</c>. NAME is the actor in
/// the audit log. Several tokens may have the same role, so that they can be replaced one after the other.
/// </summary>
internal sealed class TokenOptions
{
    public const string Section = "Authentication:Tokens";

    /// <summary>The bearer token, at least 16 characters of RFC 6750 section 2.1. Required.</summary>
    [SecretSetting]
    public string Token { get; set; } = "";

    /// <summary>The roles of the token, one or more of <c>admin approver viewer directory secrets</c>. Required.</summary>
    [ListSetting]
    public string Roles { get; set; } = "";

    /// <summary>When the token expires, such as <c>2027-01-31T12:00:00Z</c>. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}

/// <summary>Reads the tokens and their roles.</summary>
internal static partial class TokenSettings
{
    private const int MinLength = 16;

    /// <summary>The allowed form of every configured bearer token (RFC 6750 section 2.1).</summary>
    public static string Allowed { get; } =
        $"{MinLength} or more characters of A-Z a-z 0-9 - . _ ~ + / with = at the end only; 'openssl rand -hex 32' makes one";

    public static bool IsToken(string token) => token.Length >= MinLength && BearerToken().IsMatch(token);

    /// <summary>The configured tokens; empty if the first start creates them.</summary>
    /// <param name="reader">The configuration.</param>
    /// <param name="registrationToken">The configured initial access token, which must not have a role.</param>
    /// <param name="isShared">Whether several instances need the same tokens.</param>
    public static IReadOnlyList<RoleToken> Read(SettingsReader reader, string registrationToken, bool isShared)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        if (registrationToken.Length > 0)
        {
            owners[registrationToken] = ServiceOptions.TokenKey;
        }

        var tokens = reader.Sources.NamesIn(TokenOptions.Section).Order(StringComparer.Ordinal)
            .Select(name => ReadOne(reader, name, owners)).ToList();
        if (tokens.Count == 0 && isShared)
        {
            reader.Add(
                TokenOptions.Section, "", $"tokens with the roles {Roles.Admin} and {Roles.Directory}, which all instances share if "
                + "Storage:Engine is Postgres; 'openssl rand -hex 32' makes one");
        }

        return tokens;
    }

    private static RoleToken ReadOne(SettingsReader reader, string name, Dictionary<string, string> owners)
    {
        var section = $"{TokenOptions.Section}:{name}";
        var options = reader.Read<TokenOptions>(section);
        CheckName(reader, section, name);
        if (!IsToken(options.Token))
        {
            reader.Add($"{section}:{nameof(options.Token)}", value: null, Allowed);
        }
        else if (!owners.TryAdd(options.Token, section))
        {
            reader.Add($"{section}:{nameof(options.Token)}", value: null, $"a token other than that of {owners[options.Token]}");
        }

        return new RoleToken(name, SecretHash.Of(options.Token), RolesOf(reader, section, options.Roles), options.ExpiresAt);
    }

    /// <summary>Checks the name of an actor that the deployment chose.</summary>
    public static void CheckName(SettingsReader reader, string section, string name)
    {
        if (!Name().IsMatch(name))
        {
            reader.Add(section, name, "a name of 1 to 64 characters of A-Z a-z 0-9 . _ @ -");
        }
    }

    /// <summary>The roles of one actor.</summary>
    /// <param name="reader">Gets what is wrong.</param>
    /// <param name="section">The section that has <c>Roles</c>.</param>
    /// <param name="words">Its value.</param>
    public static IReadOnlyList<string> RolesOf(SettingsReader reader, string section, string words)
    {
        var roles = WordList.Words(words).ToList();
        if (roles.Count == 0)
        {
            reader.Add($"{section}:{nameof(TokenOptions.Roles)}", "", $"one or more of {string.Join(", ", Roles.All)}");
        }

        foreach (var role in roles.Except(Roles.All, StringComparer.Ordinal))
        {
            reader.Add($"{section}:{nameof(TokenOptions.Roles)}", role, string.Join(", ", Roles.All));
        }

        return roles;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._~+/-]+=*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BearerToken();

    [GeneratedRegex(@"^[A-Za-z0-9._@-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
