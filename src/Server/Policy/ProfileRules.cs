using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy;

/// <summary>Checks that a profile only narrows what the metadata document of the server publishes (RFC 8414).</summary>
internal static class ProfileRules
{
    /// <param name="profile">The profile.</param>
    /// <param name="server">The policy of the server.</param>
    /// <param name="section">The configuration section of the profile.</param>
    /// <param name="problems">Gets a problem for each key that widens the policy.</param>
    public static void Check(RegistrationOptions profile, RegistrationOptions server, string section, List<SettingProblem> problems)
    {
        CheckList(nameof(profile.AllowedScopes), WordList.Words(profile.AllowedScopes), WordList.Words(server.AllowedScopes));
        CheckList(nameof(profile.GrantTypes), Grants(profile), Grants(server));
        CheckList(nameof(profile.ResponseTypes), Types(profile), Types(server));
        CheckList(
            nameof(profile.TokenEndpointAuthMethods),
            WordList.Words(profile.TokenEndpointAuthMethods),
            WordList.Words(server.TokenEndpointAuthMethods));
        CheckList(nameof(profile.Management), WordList.Words(profile.Management), WordList.Words(server.Management));
        if (profile.InitialAccessTokenRequired != server.InitialAccessTokenRequired)
        {
            problems.Add(new SettingProblem(
                $"{section}:{nameof(profile.InitialAccessTokenRequired)}",
                $"{profile.InitialAccessTokenRequired}",
                $"{RegistrationOptions.Section}:{nameof(profile.InitialAccessTokenRequired)} only, because it applies to the server"));
        }

        if (profile.SecretSealingKey != server.SecretSealingKey)
        {
            problems.Add(new SettingProblem(
                $"{section}:{nameof(profile.SecretSealingKey)}",
                Value: null,
                $"{RegistrationOptions.Section}:{nameof(profile.SecretSealingKey)} only, because it applies to the server"));
        }

        void CheckList(string key, IEnumerable<string> values, IReadOnlyCollection<string> allowed)
        {
            if (values.Except(allowed, StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } wider)
            {
                problems.Add(new SettingProblem(
                    $"{section}:{key}",
                    string.Join(' ', wider),
                    $"values of {RegistrationOptions.Section}:{key} only, which are {string.Join(' ', allowed)}"));
            }
        }
    }

    private static List<string> Grants(RegistrationOptions options) => [.. WordList.Words(options.GrantTypes).Select(GrantTypes.Canonical)];

    private static List<string> Types(RegistrationOptions options) =>
        [.. WordList.Entries(options.ResponseTypes).Select(ResponseTypes.Canonical)];
}
