namespace GrpcDcr.TestKit.Running;

/// <summary>
/// The npm package oidc-provider: a server of RFC 7591 and RFC 7592, and an OpenID provider, that is not ours. Without Node the test is
/// skipped and says so; in CI that is a failure.
/// </summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private const string Listening = "Listening: ";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Cli.Tests", "node");
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly ChildProcess _process;

    private OidcProvider(ChildProcess process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <param name="initialAccessToken">What registrations must present. Null for open registration.</param>
    /// <param name="resource">
    /// Whose access tokens are JWTs with the role <c>dcr-admin</c>, which the device flow gives the public client <c>grpcdcr</c>. Null for
    /// no device flow.
    /// </param>
    public static Task<OidcProvider> StartAsync(string? initialAccessToken = null, string? resource = null) =>
        StartAsync(new Dictionary<string, string?> { ["INITIAL_ACCESS_TOKEN"] = initialAccessToken, ["RESOURCE"] = resource });

    /// <summary>With users who sign in to the console, on a host name that browsers take for another site than 127.0.0.1.</summary>
    /// <param name="console">The URL of the console.</param>
    /// <param name="roles">The roles of each user, a JSON object.</param>
    public static Task<OidcProvider> StartForConsoleAsync(string console, string roles) =>
        StartAsync(new Dictionary<string, string?> { ["CONSOLE"] = console, ["ROLES"] = roles, ["HOST_NAME"] = "localhost" });

    private static async Task<OidcProvider> StartAsync(Dictionary<string, string?> environment)
    {
        var node = Required.Program("node", "nodejs", "Use of oidc-provider is");
        await Installed.Value;
        var process = ChildProcess.Start(node, ["provider.mjs"], Folder, environment, Listening);
        try
        {
            return new OidcProvider(process, (await process.LineWithAsync(Listening, StartTime))[Listening.Length..]);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task InstallAsync()
    {
        if (System.IO.Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return;
        }

        var npm = Required.Program("npm", "npm", "Use of oidc-provider is");
        await using var install = ChildProcess.Start(npm, ["ci", "--no-audit", "--no-fund"], Folder, new Dictionary<string, string?>());
        await install.EndedAsync(InstallTime);
        if (install.ExitCode != 0)
        {
            throw Required.Missing($"Use of oidc-provider is not tested: npm ci failed. {install.Errors}");
        }
    }
}
