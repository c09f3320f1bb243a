using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Hosting;

/// <summary>A backup that is restored into another folder, and the tokens that the first start created.</summary>
public sealed class RestoredBackupTests : IDisposable
{
    /// <summary>No token is configured, so the data folder has them.</summary>
    private const string OwnTokens = "!Authentication:Tokens";

    private const string Warning = "Created new tokens for a store that is in use";

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Callers_keep_their_tokens_when_a_backup_is_restored()
    {
        var token = await BackUpAsync();

        await using var restored = await RunningServer.StartInAsync(Restore(withTokens: true), OwnTokens);

        Assert.Equal(HttpStatusCode.OK, await ListAsync(restored, token));
        Assert.DoesNotContain(restored.Log.All, line => line.Contains(Warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_tokens_for_a_store_that_is_in_use_are_warned_about()
    {
        var token = await BackUpAsync();

        await using var restored = await RunningServer.StartInAsync(Restore(withTokens: false), OwnTokens);

        Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(restored, token));
        var line = Assert.Single(restored.Log.All, line => line.Contains(Warning, StringComparison.Ordinal));
        Assert.StartsWith("Warning", line, StringComparison.Ordinal);
        Assert.Contains("admin.token and ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(token, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_start_does_not_warn_about_the_tokens_that_it_creates()
    {
        await using var server = await RunningServer.StartInAsync(Path.Combine(_folder, "new"), OwnTokens);

        Assert.DoesNotContain(server.Log.All, line => line.Contains(Warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_whose_name_ends_in_unfinished_is_never_deleted()
    {
        await using var server = await RunningServer.StartInAsync(_folder);
        foreach (var name in new[] { "monday.unfinished", "monday" })
        {
            var backedUp = await server.Admin.PostAsJsonAsync("/admin/v1/storage:backUp", new { name });
            Assert.Equal(HttpStatusCode.OK, backedUp.StatusCode);
        }

        Assert.True(File.Exists(Path.Combine(_folder, "backups", "monday.unfinished", "clients.db")));
    }

    /// <summary>Makes the backup <c>one</c> and returns the administrator's token.</summary>
    private async Task<string> BackUpAsync()
    {
        await using var server = await RunningServer.StartInAsync(_folder, OwnTokens);
        var token = (await File.ReadAllTextAsync(Path.Combine(_folder, "admin.token"))).Trim();
        server.Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await server.Admin.PostAsJsonAsync("/admin/v1/registration:close", new { reason = "an event" });
        var backedUp = await server.Admin.PostAsJsonAsync("/admin/v1/storage:backUp", new { name = "one" });
        Assert.Equal(HttpStatusCode.OK, backedUp.StatusCode);
        return token;
    }

    private string Restore(bool withTokens)
    {
        var target = System.IO.Directory.CreateDirectory(Path.Combine(_folder, "restored")).FullName;
        foreach (var file in System.IO.Directory.GetFiles(Path.Combine(_folder, "backups", "one")))
        {
            if (withTokens || !file.EndsWith(".token", StringComparison.Ordinal))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        return target;
    }

    private static async Task<HttpStatusCode> ListAsync(RunningServer server, string token)
    {
        server.Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await server.Admin.GetAsync(new Uri("/admin/v1/clients", UriKind.Relative))).StatusCode;
    }
}
