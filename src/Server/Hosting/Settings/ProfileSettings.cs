using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// The policy of the server and its profiles. A profile is section <c>Registration</c> with some keys said anew in
/// <c>Registration:Profiles:NAME</c>, and may only narrow what the server publishes.
/// </summary>
internal static class ProfileSettings
{
    private const string Profiles = "Profiles";

    private static readonly string[] Names = ["Anonymous", "Token", "Statement"];

    public static RegistrationOptions ReadServer(IConfiguration configuration, List<string> problems)
    {
        var server = SettingsSection.Read<RegistrationOptions>(configuration, RegistrationOptions.Section, problems, Profiles);
        Validate(server, RegistrationOptions.Section, problems);
        foreach (var unknown in Section(configuration).GetChildren().Where(p => !Names.Contains(p.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"{unknown.Path} is not a profile. There are: {string.Join(", ", Names)}.");
        }

        return server;
    }

    public static RegistrationPolicies ReadAll(IConfiguration configuration, RegistrationOptions server, List<string> problems)
    {
        var profiles = Names.Select(name => ReadProfile(configuration, name, server, problems)).ToList();
        return problems.Count > 0
            ? RegistrationPolicies.Same(new RegistrationPolicy(new RegistrationOptions()))
            : new RegistrationPolicies(
                new RegistrationPolicy(server), new RegistrationPolicy(profiles[0]), new RegistrationPolicy(profiles[1]), new RegistrationPolicy(profiles[2]));
    }

    private static RegistrationOptions ReadProfile(
        IConfiguration configuration, string name, RegistrationOptions server, List<string> problems)
    {
        var section = $"{RegistrationOptions.Section}:{Profiles}:{name}";
        var profile = SettingsSection.Read<RegistrationOptions>(configuration, RegistrationOptions.Section, [], Profiles);
        SettingsSection.ReadOver(profile, configuration, section, problems);
        if (configuration.GetSection(section).Exists())
        {
            Validate(profile, section, problems);
            ProfileRules.Check(profile, server, section, problems);
        }

        return profile;
    }

    private static void Validate(RegistrationOptions options, string section, List<string> problems)
    {
        if (new RegistrationOptionsValidator().Validate(section, options) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures.Select(failure => failure.Replace(
                RegistrationOptions.Section + ":", section + ":", StringComparison.Ordinal)));
        }
    }

    private static IConfigurationSection Section(IConfiguration configuration) =>
        configuration.GetSection($"{RegistrationOptions.Section}:{Profiles}");
}
