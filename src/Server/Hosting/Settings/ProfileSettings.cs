using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// The policy of the server and its profiles. A profile is section <c>Registration</c> with the overrides of
/// <c>Registration:Profiles:NAME</c>, and may only narrow what the server publishes.
/// </summary>
/// <param name="Server">Section <c>Registration</c>.</param>
/// <param name="Policies">The policy of the server and its profiles.</param>
/// <param name="Sealing">The encryption of client secrets.</param>
internal sealed record ProfileSettings(RegistrationOptions Server, RegistrationPolicies Policies, SecretSealing Sealing)
{
    private const string Prefix = RegistrationOptions.Section + ":Profiles:";

    /// <summary>The sections of the profiles, in the order of <see cref="RegistrationPolicies"/>.</summary>
    public static readonly IReadOnlyList<string> Sections =
        [Prefix + "Anonymous", Prefix + "InitialAccessToken", Prefix + "SoftwareStatement"];

    /// <param name="reader">The configuration.</param>
    /// <param name="isAcceptable">Whether all settings so far are acceptable, so that policies can be created.</param>
    public static ProfileSettings Read(SettingsReader reader, Func<bool> isAcceptable)
    {
        var server = reader.Read<RegistrationOptions>(RegistrationOptions.Section);
        reader.AddRange(RegistrationOptionsValidator.Validate(server));
        var sealing = SealingOf(server, reader);
        var capabilities = reader.Read<CapabilityOptions>(CapabilityOptions.Section);
        reader.AddRange(new CapabilityOptionsValidator(server, sealing.IsOn).Validate(capabilities));
        var profiles = Sections.Select(section => ReadProfile(reader, section, server)).ToList();
        return new ProfileSettings(server, isAcceptable() ? PoliciesOf(server, profiles, capabilities) : Nothing, sealing);
    }

    /// <summary>A placeholder for a configuration that is refused.</summary>
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

    private static RegistrationOptions ReadProfile(SettingsReader reader, string section, RegistrationOptions server)
    {
        var profile = reader.Read<RegistrationOptions>(RegistrationOptions.Section);
        reader.ReadOver(profile, section);
        if (reader.Sources.Has(section))
        {
            var found = RegistrationOptionsValidator.Validate(profile);
            ProfileRules.Check(profile, server, section, found);
            reader.AddRange(found.Select(problem => problem with { Key = PlaceOf(reader, section, problem.Key) }));
        }

        return profile;
    }

    /// <summary>The key with the value: that of the profile if it overrides the setting, else that of the server.</summary>
    private static string PlaceOf(SettingsReader reader, string section, string key)
    {
        var own = key.StartsWith(section, StringComparison.Ordinal) ? key : section + key[RegistrationOptions.Section.Length..];
        return reader.Sources.Has(own) ? own : RegistrationOptions.Section + own[section.Length..];
    }

    /// <summary>The keys are secret: the message does not repeat a wrong one.</summary>
    private static SecretSealing SealingOf(RegistrationOptions server, SettingsReader reader)
    {
        var keys = new List<byte[]>();
        foreach (var word in WordList.Words(server.SecretSealingKey))
        {
            var key = new byte[SecretSealing.KeyBytes];
            if (Convert.TryFromBase64String(word, key, out var length) && length == key.Length)
            {
                keys.Add(key);
            }
            else
            {
                reader.Add(
                    $"{RegistrationOptions.Section}:{nameof(server.SecretSealingKey)}", value: null,
                    $"keys of {SecretSealing.KeyBytes} octets in base64, as openssl rand -base64 32 makes them, separated by spaces");
            }
        }

        return new SecretSealing(keys);
    }
}
