using System.Text.RegularExpressions;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Documents;

/// <summary>The recipe for client certificates works as it is printed, with the real openssl and curl.</summary>
public sealed partial class PrintedCertificateTests
{
    [Fact]
    public async Task The_certificate_that_the_page_makes_is_let_in()
    {
        Required.Program("openssl", "openssl", "Certificates that the documentation makes are");
        Required.Program("curl", "curl", "The calls that the documentation prints are");
        using var folder = new DataFolder();
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "administration.md"));
        var section = page.ReplaceLineEndings("\n").Split("\n## ")
            .Single(part => part.StartsWith("Client certificates\n", StringComparison.Ordinal));
        var blocks = Block().Matches(section).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, blocks.Count);

        await PrintedCommandTests.BashAsync($"set -e\n{blocks[0]}", folder.Path);
        await using var server = await RunningServer.StartAsync(
        [
            .. Export().Matches(blocks[1]).SelectMany(match => match.Groups[1].Value.Split(' ')).Select(setting => setting
                .Replace("__", ":", StringComparison.Ordinal).Replace("$PWD", folder.Path, StringComparison.Ordinal)
                .Replace(":8082", ":0", StringComparison.Ordinal)),
        ]);
        var call = blocks[2].Replace(":8082", $":{server.AdminAddress.Port}", StringComparison.Ordinal)
            .Replace("curl -s ", "curl -s -w '\\nSTATUS %{http_code}\\n' ", StringComparison.Ordinal);
        var let = await PrintedCommandTests.BashAsync(call, folder.Path);
        var refused = await PrintedCommandTests.BashAsync(
            call.Replace("--cert ops.pem --key ops.key", "", StringComparison.Ordinal), folder.Path);

        Assert.Contains("STATUS 200", let, StringComparison.Ordinal);
        Assert.Contains("STATUS 401", refused, StringComparison.Ordinal);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^export (.*)$", RegexOptions.Multiline)]
    private static partial Regex Export();
}
