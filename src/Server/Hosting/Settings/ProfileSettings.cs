using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// The policy of the server and its profiles. A profile is section <c>Registration</c> with some keys said anew in
/// <c>Registration:Profiles:NAME</c>, and may only narrow what the server publishes.
/// </summary>
/// <param name="Server">Section <c>Registration</c>.</param>
/// <param name="Policies">It and its profiles.</param>
/// <param name="Sealing">What encrypts secrets that are needed themselves.</param>
internal sealed record ProfileSettings(RegistrationOptions Server, RegistrationPolicies Policies, SecretSealing Sealing)
{
    private const string Profiles = "Profiles";

    private static readonly string[] Names = ["Anonymous", "Token", "Statement"];

    public static ProfileSettings Read(IConfiguration configuration, List<string> problems)
    {
        var server = SettingsSection.Read<RegistrationOptions>(configuration, RegistrationOptions.Section, problems, Profiles);
        Validate(server, RegistrationOptions.Section, problems);
        foreach (var unknown in Section(configuration).GetChildren().Where(p => !Names.Contains(p.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"{unknown.Path} is not a profile. There are: {string.Join(", ", Names)}.");
        }

        var sealing = SealingOf(server, problems);
        var capabilities = SettingsSection.Read<CapabilityOptions>(configuration, CapabilityOptions.Section, problems);
        if (new CapabilityOptionsValidator(server, sealing.IsOn).Validate(null, capabilities) is { Failed: true } failed)
        {
            problems.AddRange(failed.Failures);
        }

        var profiles = Names.Select(name => ReadProfile(configuration, name, server, problems)).ToList();
        return new ProfileSettings(server, problems.Count == 0 ? PoliciesOf(server, profiles, capabilities) : Nothing, sealing);
    }

    /// <summary>For a configuration that is refused anyhow.</summary>
    private static RegistrationPolicies Nothing => RegistrationPolicies.Same(new RegistrationPolicy(new RegistrationOptions()));

    private static RegistrationPolicies PoliciesOf(
        RegistrationOptions server, List<RegistrationOptions> profiles, CapabilityOptions options)
    {
        var capabilities = new Capabilities(options);
        return new RegistrationPolicies(
            new RegistrationPolicy(server, capabilities),
            new RegistrationPolicy(profiles[0], capabilities),
            new RegistrationPolicy(profiles[1], capabilities),
            new RegistrationPolicy(profiles[2], capabilities));
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

    /// <summary>The keys are secret: a bad one is not repeated in the message.</summary>
    private static SecretSealing SealingOf(RegistrationOptions server, List<string> problems)
    {
        var keys = new List<byte[]>();
        foreach (var word in RegistrationPolicy.Words(server.SecretSealingKey))
        {
            var key = new byte[SecretSealing.KeyBytes];
            if (Convert.TryFromBase64String(word, key, out var length) && length == key.Length)
            {
                keys.Add(key);
            }
            else
            {
                problems.Add($"{RegistrationOptions.Section}:{nameof(server.SecretSealingKey)} is not acceptable; allowed are keys of "
                    + $"{SecretSealing.KeyBytes} octets in base64, as openssl rand -base64 32 makes them, with spaces between.");
            }
        }

        return new SecretSealing(keys);
    }

    private static IConfigurationSection Section(IConfiguration configuration) =>
        configuration.GetSection($"{RegistrationOptions.Section}:{Profiles}");
}
