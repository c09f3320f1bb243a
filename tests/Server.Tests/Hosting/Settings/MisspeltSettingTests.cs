using System.Text.Json;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>
/// Every setting, misspelt at each level of its name, in each source: all are refused. Settings are found in the types that they are read
/// into.
/// </summary>
public sealed class MisspeltSettingTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-misspelt-").FullName;

    /// <summary>The misspelt keys. A name that the deployment chooses cannot be misspelt.</summary>
    private static IReadOnlyList<string> Misspelt { get; } =
    [
        .. SettingsSchema.Groups
            .SelectMany(group => group.Settings.SelectMany(setting => new[] { setting.Name, setting.FileName }
                .OfType<string>().Select(name => group.KeyOf(name).Split(':'))))
            .SelectMany(names => Enumerable.Range(0, names.Length)
                .Where(level => names[level] != SettingsSchema.AnyName)
                .Select(level => string.Join(':', names.Select((name, i) => i == level ? Twice(name) : name))))
            .Select(key => key.Replace(SettingsSchema.AnyName, "some", StringComparison.Ordinal))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    [Fact]
    public void Is_refused_in_a_settings_file()
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(Misspelt.ToDictionary(key => key, _ => "x")));

        AssertRefused(new ConfigurationArguments(file, null, new Dictionary<string, string?>()), []);
    }

    [Fact]
    public void Is_refused_in_the_environment() => AssertRefused(
        ConfigurationArguments.None, Misspelt.ToDictionary(EnvironmentNames.NameOf, string? (_) => "x"));

    [Fact]
    public void Is_refused_on_the_command_line() => AssertRefused(
        new ConfigurationArguments(null, null, Misspelt.ToDictionary(key => key, string? (_) => "x")), []);

    [Fact]
    public void Is_refused_in_a_folder_of_settings()
    {
        WriteFiles();

        AssertRefused(new ConfigurationArguments(null, _folder, new Dictionary<string, string?>()), []);
    }

    [Fact]
    public void Is_refused_among_the_credentials_of_systemd()
    {
        WriteFiles();

        AssertRefused(ConfigurationArguments.None, new Dictionary<string, string?> { ["CREDENTIALS_DIRECTORY"] = _folder });
    }

    [Fact]
    public void A_folder_of_settings_has_nothing_else()
    {
        File.WriteAllText(Path.Combine(_folder, "notes"), "x");
        var problems = new List<string>();

        ServerConfiguration.Of(new ConfigurationArguments(null, _folder, new Dictionary<string, string?>()), Empty, _folder)
            .Read(problems);

        Assert.Contains($"notes (file in {_folder}) is not a setting.", Assert.Single(problems), StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, string?> Empty => [];

    /// <summary>One letter in the middle is there twice.</summary>
    private static string Twice(string name) => name.Insert(name.Length / 2, name[name.Length / 2].ToString());

    private void WriteFiles()
    {
        foreach (var key in Misspelt)
        {
            File.WriteAllText(Path.Combine(_folder, EnvironmentNames.NameOf(key)), "x");
        }
    }

    private void AssertRefused(ConfigurationArguments arguments, Dictionary<string, string?> environment)
    {
        var problems = new List<string>();
        var sources = ServerConfiguration.Of(arguments, environment, _folder).Read(problems);
        ServerSettings.RefuseUnknown(new SettingsReader(sources, problems));

        var refused = problems.Select(problem => problem.Split(' ')[0].Replace("__", ":", StringComparison.Ordinal)).ToList();
        Assert.All(Misspelt, key => Assert.Contains(refused, found => key.StartsWith(found, StringComparison.OrdinalIgnoreCase)));
        Assert.True(Misspelt.Count > 300, "The settings were not found.");
    }
}
