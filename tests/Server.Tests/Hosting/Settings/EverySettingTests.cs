using System.Text.Json;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.TestKit;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>What holds for every setting there is, found in the types that settings are read into.</summary>
public sealed class EverySettingTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs/configuration.md"));

    public static TheoryData<string, string> Settings =>
        [.. SettingsSchema.Groups.SelectMany(group => group.Settings.Select(setting => (group.Path, setting.Name)))];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Is_documented_with_its_default(string section, string name)
    {
        var group = SettingsSchema.Groups.Single(group => group.Path == section);
        var setting = group.Settings.Single(setting => setting.Name == name);
        var key = Documented(section, name);
        if (key is null)
        {
            return;
        }

        Assert.Contains($"| `{key}` | {Default(section, group, setting)} |", Document, StringComparison.Ordinal);
        Assert.Equal(
            setting.FileName is not null,
            Document.Contains($"| `{key}` | {Default(section, group, setting)} | secret", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Has_no_sibling_that_is_understood(string section, string name)
    {
        var place = section.Replace(SettingsSchema.AnyName, "some", StringComparison.Ordinal);
        foreach (var wrong in new[] { name + "x", "x" + name, name + ":below" })
        {
            var key = place.Length == 0 ? wrong : $"{place}:{wrong}";

            var problem = SettingsSchema.Root.ProblemOf(new SourcedValue(key, "a-value", "tests"));

            Assert.Contains(" (tests) is not a setting. Allowed", problem, StringComparison.Ordinal);
            Assert.DoesNotContain("a-value", problem, StringComparison.Ordinal);
        }

        var right = place.Length == 0 ? name : $"{place}:{name}";
        Assert.Null(SettingsSchema.Root.ProblemOf(new SourcedValue(right, "a-value", "tests")));
    }

    /// <summary>Also below a profile, which reads the settings of the server a second time.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void A_wrong_value_is_said_once(string section, string name)
    {
        var setting = SettingsSchema.Groups.Single(group => group.Path == section).Settings.Single(setting => setting.Name == name);
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        if (type == typeof(string))
        {
            return;
        }

        var place = section.Replace(SettingsSchema.AnyName, "some", StringComparison.Ordinal);
        var key = place.Length == 0 ? name : $"{place}:{name}";

        var problems = ProblemsOf((key, "nonsense"), ("Registration:Profiles:Anonymous:RequiredMembers", "client_name"));

        Assert.StartsWith(
            $"{key} (tests) is 'nonsense'. Allowed: ",
            Assert.Single(problems, problem => problem.Contains("nonsense", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Registration:UnapprovedLifetime", "00:00:05")]
    [InlineData("Registration:MaxRedirectUris", "0")]
    [InlineData("Registration:PrivateUseSchemes", "javascript")]
    [InlineData("Registration:AllowedScopes", "\"")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN_FILE", "/no/such/file")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN_FILE", "/dev/null")]
    public void The_key_that_was_set_is_named_once(string key, string value)
    {
        var problems = ProblemsOf(
            (key, value), ("Registration:DefaultScope", ""), ("Registration:Profiles:Anonymous:MaxContacts", "7"));

        Assert.StartsWith($"{key} (tests) is ", Assert.Single(problems), StringComparison.Ordinal);
    }

    /// <summary>Neither the reader nor what it uses ends with another exception: that would be a stack trace at the start.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void A_wrong_value_is_a_problem_and_not_a_crash(string section, string name)
    {
        var place = section.Replace(SettingsSchema.AnyName, "some", StringComparison.Ordinal);
        foreach (var value in new[] { "", " ", "x", "\0", ":", "/", "=;=", "a,b", "\"", "*", "[", "-1", "9999999999999999999", "\ud800" })
        {
            var settings = new Dictionary<string, string?>
            {
                ["Storage:Engine"] = "Postgres",
                ["RateLimit:Store"] = "Redis",
                ["Frobnicate"] = "so that there is a problem",
                [place.Length == 0 ? name : $"{place}:{name}"] = value,
            };
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

            Assert.IsType<SettingsException>(
                Record.Exception(() => ServerSettings.Read(SettingSources.Of(configuration, (_, _) => "tests"), [])));
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_secret_may_stand_in_a_file_that_has_one(string section, string name)
    {
        var (group, setting) = Of(section, name);
        if (setting.FileName is not { } fileName)
        {
            return;
        }

        var place = section.Replace(SettingsSchema.AnyName, "some", StringComparison.Ordinal);
        var key = place.Length == 0 ? fileName : $"{place}:{fileName}";
        var file = Path.GetTempFileName();
        Assert.StartsWith($"{key} (tests) is '{file}'.", Assert.Single(ReadGroup().Problems), StringComparison.Ordinal);
        File.WriteAllText(file, "the-secret\n");
        Assert.Equal("the-secret", ReadGroup().Value);
        File.Delete(file);
        Assert.StartsWith($"{key} (tests) is '{file}'.", Assert.Single(ReadGroup().Problems), StringComparison.Ordinal);

        (object? Value, List<string> Problems) ReadGroup()
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)file)]).Build();
            var (options, problems) = (Activator.CreateInstance(group.Options)!, new List<string>());
            Read(options.GetType(), new SettingsReader(SettingSources.Of(configuration, (_, _) => "tests"), problems), options, place);
            return (setting.Property.GetValue(options), problems);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_list_may_be_an_array(string section, string name)
    {
        var (group, setting) = Of(section, name);
        if (setting.Separator is not { } separator)
        {
            return;
        }

        var place = section.Replace(SettingsSchema.AnyName, "some", StringComparison.Ordinal);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create($"{place}:{name}:0", (string?)"one"), KeyValuePair.Create($"{place}:{name}:1", (string?)"two")]).Build();
        var (options, problems) = (Activator.CreateInstance(group.Options)!, new List<string>());

        var sources = SettingSources.Of(configuration, (_, _) => "tests");
        Read(options.GetType(), new SettingsReader(sources, problems), options, place);

        Assert.Equal("one" + separator + "two", setting.Property.GetValue(options));
        Assert.All(sources.All, value => Assert.Null(SettingsSchema.Root.ProblemOf(value)));
        Assert.Empty(problems);
    }

    private static (SettingsGroup Group, Setting Setting) Of(string section, string name)
    {
        var group = SettingsSchema.Groups.Single(group => group.Path == section);
        return (group, group.Settings.Single(setting => setting.Name == name));
    }

    private static void Read(Type options, SettingsReader reader, object target, string section) =>
        typeof(SettingsReader).GetMethod(nameof(SettingsReader.ReadOver))!.MakeGenericMethod(options).Invoke(reader, [target, section]);

    private static IReadOnlyList<string> ProblemsOf(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        return Assert.Throws<SettingsException>(() => ServerSettings.Read(SettingSources.Of(configuration, (_, _) => "tests"), []))
            .Problems;
    }

    [Fact]
    public void The_settings_file_says_nothing_else_than_the_defaults()
    {
        var root = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "src/Server/appsettings.json")).Build();
        var sources = SettingSources.Of(root, (_, _) => "appsettings.json");
        var (shipped, bare) = (
            ServerSettings.Read(sources, []), ServerSettings.Read(SettingSources.Of(new ConfigurationBuilder().Build(), (_, _) => ""), []));

        Assert.Equal(Text(bare.Registration.Server), Text(shipped.Registration.Server));
        Assert.Equal(Text(bare.Admission), Text(shipped.Admission));
        Assert.Equal(Text(bare.Requests), Text(shipped.Requests));
        Assert.Equal(Text(bare.Fetching), Text(shipped.Fetching));
        Assert.Equal(Text(bare.SoftwareStatements.Options), Text(shipped.SoftwareStatements.Options));
        Assert.Equal(Text(bare.Storage.LiteDb), Text(shipped.Storage.LiteDb));
        Assert.Equal(Text(bare.Storage.Postgres), Text(shipped.Storage.Postgres));
        Assert.Equal(bare.Listeners.Urls, shipped.Listeners.Urls);
        Assert.Empty(shipped.Tokens);
        foreach (var (key, value) in ListenerSettings.Defaults)
        {
            Assert.Equal(value, root[key]);
        }

        static string Text<T>(T options) => JsonSerializer.Serialize(options);
    }

    /// <summary>Profiles accept the keys of Registration, and certificates stand in one table; their sections are described once.</summary>
    private static string? Documented(string section, string name) => section switch
    {
        _ when ProfileSettings.Sections.Contains(section) => null,
        _ when section.EndsWith(":Certificate", StringComparison.Ordinal) => null,
        _ when section.Length == 0 => name,
        _ => $"{section.Replace(SettingsSchema.AnyName, "NAME", StringComparison.Ordinal)}:{name}",
    };

    private static string Default(string section, SettingsGroup group, Setting setting)
    {
        var text = ListenerSettings.Defaults.GetValueOrDefault($"{section}:{setting.Name}")
            ?? SettingValue.Format(setting.Property.GetValue(Activator.CreateInstance(group.Options)));
        return text.Length == 0 ? "" : $"`{text}`";
    }
}
