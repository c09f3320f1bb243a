using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Policy;

/// <summary>A profile narrows what the server publishes in its metadata document (RFC 8414), or the document would not be true.</summary>
internal static class ProfileRules
{
    /// <param name="profile">The profile.</param>
    /// <param name="server">The policy of the server.</param>
    /// <param name="section">Where the profile stands in the configuration.</param>
    /// <param name="problems">Gets each key that widens, its values and what is allowed.</param>
    public static void Check(RegistrationOptions profile, RegistrationOptions server, string section, List<string> problems)
    {
        CheckList(nameof(profile.AllowedScopes), Words(profile.AllowedScopes), Words(server.AllowedScopes));
        CheckList(nameof(profile.GrantTypes), Grants(profile), Grants(server));
        CheckList(nameof(profile.ResponseTypes), Types(profile), Types(server));
        CheckList(nameof(profile.TokenEndpointAuthMethods), Words(profile.TokenEndpointAuthMethods), Words(server.TokenEndpointAuthMethods));
        CheckList(nameof(profile.Management), Words(profile.Management), Words(server.Management));
        if (profile.InitialAccessTokenRequired != server.InitialAccessTokenRequired)
        {
            problems.Add($"{section}:{nameof(profile.InitialAccessTokenRequired)} is not a setting of a profile; "
                + $"{RegistrationOptions.Section}:{nameof(profile.InitialAccessTokenRequired)} is for the whole server.");
        }

        if (profile.SecretSealingKey != server.SecretSealingKey)
        {
            problems.Add($"{section}:{nameof(profile.SecretSealingKey)} is not a setting of a profile.");
        }

        void CheckList(string key, IEnumerable<string> values, IReadOnlyCollection<string> allowed)
        {
            if (values.Except(allowed, StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } wider)
            {
                problems.Add($"{section}:{key} has the value '{string.Join(' ', wider)}'. "
                    + $"A profile may only have values of {RegistrationOptions.Section}:{key}: {string.Join(' ', allowed)}");
            }
        }
    }

    private static string[] Words(string list) => RegistrationPolicy.Words(list);

    private static List<string> Grants(RegistrationOptions options) => [.. Words(options.GrantTypes).Select(GrantTypes.Canonical)];

    private static List<string> Types(RegistrationOptions options) =>
        [.. RegistrationPolicy.Entries(options.ResponseTypes).Select(ResponseTypes.Canonical)];
}
