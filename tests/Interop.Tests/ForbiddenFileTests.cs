using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>A start that may not read or write what it needs names the file, and the user who may not. Root may do everything.</summary>
public sealed class ForbiddenFileTests : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_folder_of_another_user_is_named()
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("Only root can run a program as another user.");
        }

        System.IO.Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(_folder.AdminTokenFile, "");
        Allow("755", _folder.Path);
        Allow("777", _folder.Data);
        Allow("600", _folder.AdminTokenFile);
        await AsNobodyAsync("data/admin.token cannot be written to.");

        Allow("755", _folder.Data);
        await AsNobodyAsync("data cannot be written to.");
    }

    [Theory]
    [InlineData("Kestrel:Certificates:Default:Path")]
    [InlineData("Kestrel:Certificates:Default:KeyPath")]
    [InlineData("Authentication:Tokens:ops:TokenFile")]
    [InlineData("Metadata:BaseDocumentPath")]
    public async Task A_file_that_the_user_may_not_read_is_named(string setting)
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("Only root can run a program as another user.");
        }

        var certificate = TestCertificate.Make(_folder.Path);
        var secret = Path.Combine(_folder.Path, "secret");
        await File.WriteAllTextAsync(secret, "of-root");
        Allow("755", _folder.Path);
        Allow("644", certificate.CertificateFile);
        Allow("644", certificate.KeyFile);
        Allow("600", secret);

        var settings = certificate.Settings.Where(one => !one.StartsWith(setting + "=", StringComparison.Ordinal))
            .Append($"{setting}={secret}").Append("Authentication:Tokens:ops:Roles=admin");
        var errors = await AsNobodyAsync([.. settings]);

        Assert.Contains($"is '{secret}'. Allowed: ", errors, StringComparison.Ordinal);
        Assert.Contains($"; the user nobody may not read {secret}.", errors, StringComparison.Ordinal);
    }

    private static void Allow(string mode, string path) => System.Diagnostics.Process.Start("chmod", [mode, path]).WaitForExit();

    private async Task AsNobodyAsync(string reason)
    {
        var errors = await AsNobodyAsync(["Kestrel:Endpoints:Public:Url=http://127.0.0.1:0"]);

        Assert.Contains("is 'data'. Allowed: a folder that the user nobody", errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    /// <summary>What a refused start of another user says.</summary>
    private async Task<string> AsNobodyAsync(string[] settings)
    {
        string[] arguments = [BuiltFiles.ServerProgram, "serve", .. settings.Select(setting => "--" + setting)];
        await using var process = ChildProcess.Start(
            "setpriv", ["--reuid", "65534", "--clear-groups", "dotnet", .. arguments], _folder.Path, new Dictionary<string, string?>());
        await process.EndedAsync(StartTime);

        Assert.Equal(78, process.ExitCode);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        return process.Errors;
    }
}
