using System.Text.Json;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Cli.Tests.Running;

/// <summary>A folder for the configuration of a user, in which commands run.</summary>
internal sealed class Workplace : IDisposable
{
    public string Folder { get; } = System.IO.Directory.CreateTempSubdirectory("grpcdcr-cli-").FullName;

    public string Configuration => Path.Combine(Folder, "grpcdcr", "config.json");

    /// <summary>What the environment of commands has and lacks.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["XDG_CONFIG_HOME"] = Folder,
        ["GRPCDCR_TOKEN"] = null,
        ["GRPCDCR_CONTEXT"] = null,
        ["GRPCDCR_INITIAL_ACCESS_TOKEN"] = null,
        ["NO_COLOR"] = null,
        ["TERM"] = "xterm",
    };

    public Task<CommandRun> RunAsync(params IEnumerable<string> arguments) => RunAsync("", arguments);

    /// <param name="input">The standard input.</param>
    /// <param name="arguments">The command.</param>
    public Task<CommandRun> RunAsync(string input, IEnumerable<string> arguments) =>
        CommandRun.OfAsync(CommandRun.Program.File, [.. CommandRun.Program.First, .. arguments], Environment, input);

    /// <summary>Runs a command with a variable of the environment.</summary>
    public Task<CommandRun> RunWithAsync(string variable, string value, params IEnumerable<string> arguments) =>
        CommandRun.OfAsync(
            CommandRun.Program.File,
            [.. CommandRun.Program.First, .. arguments],
            new Dictionary<string, string?>(Environment) { [variable] = value },
            "");

    /// <summary>Runs a command that must succeed, and returns its output.</summary>
    public async Task<string> SucceedAsync(params IEnumerable<string> arguments) => (await RunAsync(arguments)).With(0).Output;

    /// <summary>Runs a command that must succeed, with its result as JSON.</summary>
    public async Task<JsonElement> JsonAsync(params IEnumerable<string> arguments)
    {
        using var document = JsonDocument.Parse(await SucceedAsync([.. arguments, "--output", "json"]));
        return document.RootElement.Clone();
    }

    /// <summary>Keeps the token of an administrator for the service.</summary>
    public async Task LoginAsync(ServerProcess server) =>
        (await RunAsync(server.AdminToken, ["login", "--address", Address(server)])).With(0);

    public static string Address(ServerProcess server) => server.Admin.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>A file with some text.</summary>
    public string WithFile(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts a command that does not end by itself.</summary>
    public ChildProcess Start(string[] arguments, params string[] awaitedLines) =>
        ChildProcess.Start(
            CommandRun.Program.File, [.. CommandRun.Program.First, .. arguments], Folder, Environment, awaitedLines);

    public void Dispose() => System.IO.Directory.Delete(Folder, recursive: true);
}
