using System.Text;
using System.Text.RegularExpressions;
using GrpcDcr.Cli.Tests.Running;
using GrpcDcr.TestKit;

namespace GrpcDcr.Cli.Tests;

/// <summary>
/// The commands of <c>docs/cli.md</c> are run from top to bottom, and write what the page says. <c>REWRITE_DOCS=1</c> writes the page anew.
/// </summary>
public sealed partial class DocumentationTests(RunningService service) : IClassFixture<RunningService>
{
    private const string Prompt = "$ ";
    private const string Fence = "```";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "cli.md");

    [Fact]
    public async Task The_commands_of_the_page_write_what_it_says()
    {
        using var user = new Workplace();
        await PrepareAsync(user);
        var recording = new Recording(user, service.Server);
        var page = await File.ReadAllTextAsync(Page);

        var run = new StringBuilder();
        var isConsole = false;
        foreach (var line in page.TrimEnd('\n').Split('\n'))
        {
            isConsole = line.StartsWith(Fence, StringComparison.Ordinal) ? line == $"{Fence}console" : isConsole;
            if (!isConsole || line.StartsWith(Fence, StringComparison.Ordinal))
            {
                run.Append(line).Append('\n');
            }
            else if (line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                run.Append(line).Append('\n').Append(await recording.OfAsync(line[Prompt.Length..]));
            }
        }

        if (Environment.GetEnvironmentVariable("REWRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Page, run.ToString());
        }

        Assert.True(
            page == run.ToString(),
            $"docs/cli.md is not what the commands write: {Difference(page, run.ToString())}\nREWRITE_DOCS=1 dotnet run -c Release "
            + "--project tests/Cli.Tests -- --filter-class '*DocumentationTests' writes it anew.");
    }

    /// <summary>A command that the page does not mention is missing from it.</summary>
    [Fact]
    public async Task The_page_names_every_command()
    {
        var page = await File.ReadAllTextAsync(Page);
        var help = await service.Admin.SucceedAsync("--help");
        var commands = CommandOfHelp().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..])
            .Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("clients", commands);
        Assert.Equal([], commands.Where(command => !Regex.IsMatch(page, $@"\b{command}\b")));
    }

    private static string Difference(string page, string run)
    {
        var lines = run.Split('\n');
        var first = page.Split('\n').Select((line, i) => (line, i))
            .FirstOrDefault(entry => lines.ElementAtOrDefault(entry.i) != entry.line);
        return $"line {first.i + 1} is\n{first.line}\nand not\n{lines.ElementAtOrDefault(first.i)}";
    }

    private async Task PrepareAsync(Workplace user)
    {
        System.IO.Directory.CreateDirectory(Path.Combine(user.Folder, "data"));
        user.WithFile("data/admin.token", service.Server.AdminToken);
        user.WithFile("client.json", """{"client_name":"My app","redirect_uris":["https://app.example/cb"]}""");
        foreach (var name in (string[])["Gifts", "Lottery", "Prizes"])
        {
            await service.RegisterAsync(name, "evil.example");
        }

        await service.RegisterAsync("My app");
    }

    [GeneratedRegex(@"^  ([a-z-]+) ", RegexOptions.Multiline)]
    private static partial Regex CommandOfHelp();
}
