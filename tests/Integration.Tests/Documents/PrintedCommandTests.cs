using System.Diagnostics;
using System.Text.RegularExpressions;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Documents;

/// <summary>The calls of administrators that the documentation prints work as they are printed, with the real curl.</summary>
public sealed partial class PrintedCommandTests
{
    private static readonly string[] Pages = ["administration.md", "recipes.md", "policies.md"];

    public static TheoryData<string, string> Blocks { get; } = new(
        from page in Pages
        from Match block in Block().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", page)).ReplaceLineEndings("\n"))
        let calls = string.Join('\n', CommandsOf(block.Groups["code"].Value))
        where calls.Length > 0 && !calls.Contains("--cert ", StringComparison.Ordinal) // See PrintedCertificateTests.
        select (page, calls));

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Every_call_of_a_page_succeeds(string page, string calls)
    {
        Assert.NotEmpty(page);
        Required.Program("curl", "curl", "The calls that the documentation prints are");
        await using var server = await RunningServer.StartAsync();
        const string Document = """{"client_name":"My app","redirect_uris":["https://app.example/cb"]}""";
        var client = await server.ClientInAsync(StateFor(calls), Document);
        var token = (await server.AdminAsync(HttpMethod.Post, "initial-access-tokens", "{}")).Json
            .GetProperty("initial_access_token").GetProperty("initial_access_token_id").GetString();
        var rule = (await server.AdminAsync(
            HttpMethod.Post, "block-rules", """{"subject":"SOFTWARE_ID","value":"x","reason":"r"}""")).Text("block_rule_id");
        var script = calls
            .Replace("$(cat data/admin.token)", RunningServer.AdminToken, StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8082", server.AdminAddress.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("INITIAL_ACCESS_TOKEN_ID", token, StringComparison.Ordinal)
            .Replace("BLOCK_RULE_ID", rule, StringComparison.Ordinal)
            .Replace("CLIENT_ID", client, StringComparison.Ordinal)
            .Replace("ETAG", (await server.ClientAsync(client)).Etag, StringComparison.Ordinal)
            .Replace("curl -s ", "curl -s -w '\\nSTATUS %{http_code}\\n' ", StringComparison.Ordinal);

        var output = await BashAsync($"TOKEN={RunningServer.AdminToken}\n{script}\n");

        var statuses = Status().Matches(output).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(CommandsOf(calls).Count(), statuses.Count);
        Assert.True(statuses.TrueForAll(status => status == "200"), output);
    }

    /// <summary>The state that the act of a block needs.</summary>
    private static ClientState StateFor(string calls) =>
        calls.Contains(":reinstate", StringComparison.Ordinal) ? ClientState.Suspended
        : calls.Contains(":suspend", StringComparison.Ordinal) ? ClientState.Active
        : ClientState.Pending;

    /// <summary>Commands end at the end of a line that is not continued and leaves no quote open.</summary>
    private static IEnumerable<string> CommandsOf(string code)
    {
        var command = "";
        foreach (var line in code.Split('\n'))
        {
            command = command.Length == 0 ? line : command + "\n" + line;
            if (!line.EndsWith('\\') && command.Count(character => character == '\'') % 2 == 0)
            {
                if (command.StartsWith("curl ", StringComparison.Ordinal) && command.Contains("/admin/v1/", StringComparison.Ordinal))
                {
                    yield return command;
                }

                command = "";
            }
        }
    }

    /// <param name="script">What it runs.</param>
    /// <param name="folder">Where; <see langword="null"/> for anywhere.</param>
    internal static async Task<string> BashAsync(string script, string? folder = null)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", "-s")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        })!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync();
        var errors = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, errors + output);
        return output;
    }

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^STATUS ([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Status();
}
