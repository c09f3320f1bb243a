using System.Text.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// The sources of settings, in the same order for the service and every command: the defaults, <c>appsettings.json</c> beside the program
/// and in the current folder, <c>appsettings.ENVIRONMENT.json</c> there, the file of <c>--config</c>, the environment, the command line,
/// the folder of <c>--config-folder</c> with a file for each setting, and the credentials of systemd. The last source that has a setting
/// wins.
/// </summary>
internal sealed class ServerConfiguration
{
    private const string CredentialsVariable = "CREDENTIALS_DIRECTORY";

    private readonly List<(IConfigurationSource Source, Func<string, string> NameOf)> _sources = [];
    private readonly List<string> _problems = [];

    private ServerConfiguration(string environmentName) => EnvironmentName = environmentName;

    /// <summary><c>Production</c>, unless <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c> says otherwise.</summary>
    public string EnvironmentName { get; }

    /// <param name="options">Arguments of the command line.</param>
    /// <param name="environment">The variables of the process.</param>
    /// <param name="currentFolder">The folder with the settings file of the deployment.</param>
    public static ServerConfiguration Of(
        ConfigurationArguments options, IReadOnlyDictionary<string, string?> environment, string currentFolder)
    {
        var name = environment.GetValueOrDefault("ASPNETCORE_ENVIRONMENT") ?? environment.GetValueOrDefault("DOTNET_ENVIRONMENT");
        var configuration = new ServerConfiguration(string.IsNullOrEmpty(name) ? Environments.Production : name);
        configuration.Add(new MemoryConfigurationSource { InitialData = ListenerSettings.Defaults }, _ => "default");
        configuration.AddFolder(AppContext.BaseDirectory);
        if (Path.GetFullPath(currentFolder) != Path.GetFullPath(AppContext.BaseDirectory).TrimEnd(Path.DirectorySeparatorChar))
        {
            configuration.AddFolder(currentFolder);
        }

        if (options.File is { } file)
        {
            configuration.AddFile(Path.GetFullPath(file, currentFolder), isOptional: false);
        }

        configuration.AddNamed(environment, "environment variable");
        configuration.Add(new MemoryConfigurationSource { InitialData = options.Settings }, _ => "command line");
        configuration.AddFilesOf(options.Folder is { } folder ? Path.GetFullPath(folder, currentFolder) : null, othersAllowed: false);
        configuration.AddFilesOf(environment.GetValueOrDefault(CredentialsVariable), othersAllowed: true);
        return configuration;
    }

    /// <summary>What the sources say now, for a command that reads them once.</summary>
    /// <inheritdoc cref="AddTo"/>
    public SettingSources Read(List<string> problems)
    {
        using var configuration = new ConfigurationManager();
        return AddTo(configuration, problems);
    }

    /// <summary>Replaces the sources of a configuration by these.</summary>
    /// <param name="configuration">Its sources are replaced.</param>
    /// <param name="problems">Gets problems of the sources.</param>
    /// <exception cref="SettingsException">A file cannot be read.</exception>
    public SettingSources AddTo(ConfigurationManager configuration, List<string> problems)
    {
        problems.AddRange(_problems);
        try
        {
            ((IConfigurationBuilder)configuration).Sources.Clear();
            foreach (var (source, _) in _sources)
            {
                ((IConfigurationBuilder)configuration).Add(source);
            }

            return SettingSources.Of(configuration, (i, key) => _sources[i].NameOf(key));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            throw new SettingsException([.. problems, MessageOf(e)]);
        }
    }

    /// <summary>With the line of a mistake in JSON. What the parser says of it may have a part of a secret.</summary>
    private static string MessageOf(Exception e)
    {
        var text = e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
        return e.InnerException?.InnerException is JsonException { LineNumber: { } line }
            ? $"{text} The mistake is in line {line + 1}, or at the end of the line before."
            : text;
    }

    private void Add(IConfigurationSource source, Func<string, string> nameOf) => _sources.Add((source, nameOf));

    private void AddFolder(string folder)
    {
        AddFile(Path.Combine(folder, "appsettings.json"), isOptional: true);
        AddFile(Path.Combine(folder, $"appsettings.{EnvironmentName}.json"), isOptional: true);
    }

    private void AddFile(string path, bool isOptional)
    {
        if (isOptional && !File.Exists(path))
        {
            return;
        }

        // Kestrel reloads changed certificates and addresses; all other settings are read once.
        Add(new SettingsFile(path), _ => path);
    }

    private void AddNamed(IEnumerable<KeyValuePair<string, string?>> named, string kind)
    {
        var settings = EnvironmentNames.SettingsAmong(named, kind, _problems);
        Add(new MemoryConfigurationSource { InitialData = settings }, key => $"{kind} {EnvironmentNames.NameOf(key)}");
    }

    /// <summary>Each file is one setting, named like a variable; a line break at its end is not part of the value.</summary>
    private void AddFilesOf(string? folder, bool othersAllowed)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return;
        }

        try
        {
            var files = System.IO.Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Select(file => KeyValuePair.Create(Path.GetFileName(file), (string?)file)).ToList();
            var settings = EnvironmentNames.SettingsAmong(files, $"file in {folder}", _problems, othersAllowed)
                .ToDictionary(pair => pair.Key, string? (pair) => File.ReadAllText(pair.Value!).TrimEnd('\r', '\n'));
            Add(
                new MemoryConfigurationSource { InitialData = settings },
                key => $"file {Path.Combine(folder, EnvironmentNames.NameOf(key))}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{folder} cannot be read: {e.Message}");
        }
    }
}

/// <summary>The configuration arguments of the command line.</summary>
/// <param name="File">A settings file; <see langword="null"/> for none.</param>
/// <param name="Folder">A folder with a file for each setting; <see langword="null"/> for none.</param>
/// <param name="Settings">Settings, by their keys.</param>
internal sealed record ConfigurationArguments(string? File, string? Folder, IReadOnlyDictionary<string, string?> Settings)
{
    public static ConfigurationArguments None { get; } = new(null, null, new Dictionary<string, string?>());
}
