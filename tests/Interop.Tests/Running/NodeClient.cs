using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>
/// Runs the scripts of the folder <c>node</c>, most of which register through one published OAuth library. Without Node the test
/// is skipped and says so; in CI that is a failure.
/// </summary>
internal static class NodeClient
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Interop.Tests", "node");

    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    /// <param name="script">A file of the folder <c>node</c>.</param>
    /// <param name="service">Where to register.</param>
    /// <param name="metadata">What to register; an anonymous object with the members of RFC 7591 section 2.</param>
    /// <param name="initialAccessToken">Presented where there is one.</param>
    /// <returns>What the library made of the answer: <c>registered</c> or <c>refused</c>.</returns>
    public static async Task<JsonElement> RegisterAsync(
        string script, RunningService service, object metadata, string? initialAccessToken = null)
    {
        var order = new JsonObject
        {
            ["issuer"] = service.Server.Issuer,
            ["metadata"] = JsonSerializer.SerializeToNode(metadata),
            ["initialAccessToken"] = initialAccessToken,
        };
        await using var node = await StartAsync([script, order.ToJsonString()], service, new Dictionary<string, string?>());
        await node.EndedAsync(RunTime);
        Assert.True(node.ExitCode == 0, $"{script} failed.\n{node.Output}\n{node.Errors}");
        using var outcome = JsonDocument.Parse(node.Output);
        return outcome.RootElement.Clone();
    }

    /// <param name="arguments">A file of the folder <c>node</c>, and what it is told.</param>
    /// <param name="service">Its certificate is trusted; <see langword="null"/> if the script calls none.</param>
    /// <param name="environment">Added to what is inherited; <see langword="null"/> takes a variable away.</param>
    /// <param name="awaitedLines">Texts that the process may be asked for.</param>
    public static async Task<ChildProcess> StartAsync(
        string[] arguments, RunningService? service, Dictionary<string, string?> environment, params string[] awaitedLines)
    {
        if (await Missing.Value is { } missing)
        {
            throw Required.Missing(missing);
        }

        environment["NODE_EXTRA_CA_CERTS"] = service?.Certificate.CertificateFile;
        return ChildProcess.Start("node", arguments, Folder, environment, awaitedLines);
    }

    /// <summary>What is missing, in words; <see langword="null"/> when all is there. Installs the libraries once.</summary>
    private static async Task<string?> FindMissingAsync()
    {
        if (!await SucceedsAsync("node", "--version"))
        {
            return "Real Node clients are not tested: there is no node. Install Node 20 or newer.";
        }

        return await SucceedsAsync("npm", "ls") || await SucceedsAsync("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
            ? null
            : $"Real Node clients are not tested: 'npm ci' in {Folder} did not succeed.";
    }

    private static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        try
        {
            await using var process = ChildProcess.Start(program, arguments, Folder, new Dictionary<string, string?>());
            await process.EndedAsync(InstallTime);
            return process.ExitCode == 0;
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            return false;
        }
    }
}
