using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Block rules, the state of registration, previews and backups.</summary>
public sealed class ServiceTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Block_rules_are_created_listed_and_deleted()
    {
        var rule = await service.Admin.JsonAsync(
            "blocks", "create", "source_network", "203.0.113.0/24", "--effect", "hold", "--reason", "flood", "--for", "12h");
        var id = rule.GetProperty("block_rule_id").GetString()!;

        Assert.Equal("HOLD", rule.GetProperty("effect").GetString());
        Assert.True(rule.TryGetProperty("expire_time", out _));
        Assert.Contains(
            $"{id}  SOURCE_NETWORK  203.0.113.0/24  HOLD    flood   20", await service.Admin.SucceedAsync("blocks", "list"),
            StringComparison.Ordinal);
        (await service.Admin.RunAsync("blocks", "delete", id)).With(2);
        await service.Admin.SucceedAsync("blocks", "delete", id, "--yes");
        Assert.Equal("[]\n", await service.Admin.SucceedAsync("blocks", "list", "-o", "json"));
        (await service.Admin.RunAsync("blocks", "delete", id, "--yes")).With(3);
    }

    [Fact]
    public async Task Registration_is_closed_and_opened()
    {
        (await service.Admin.RunAsync("registration", "close")).With(2);
        var closed = await service.Admin.JsonAsync("registration", "close", "--reason", "incident", "--yes");
        Assert.True(closed.GetProperty("closed").GetBoolean());
        Assert.Equal("incident", (await service.Admin.JsonAsync("registration", "status")).GetProperty("reason").GetString());
        Assert.False((await service.Admin.JsonAsync("registration", "open", "--reason", "over")).GetProperty("closed").GetBoolean());
    }

    [Fact]
    public async Task A_preview_shows_what_would_become_of_a_document()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);
        var file = user.WithFile("client.json", """{"redirect_uris":["https://app.example/cb"],"client_name#de":"Meine App"}""");

        var accepted = await user.JsonAsync("preview", file);
        var refused = (await user.RunAsync("""{"redirect_uris":["http://app.example/cb"]}""", ["preview", "-"])).With(4);

        Assert.Equal("PENDING", accepted.GetProperty("first_state").GetString());
        Assert.Contains("redirect_uris[0] 'http://app.example/cb' uses http", refused.Output, StringComparison.Ordinal);
        (await user.RunAsync("preview", file, "--initial-access-token-id", "01a22d7e-0000-7000-8000-000000000000")).With(3);
        (await user.RunAsync("""{"client_name":"a","client_name":"b"}""", ["preview", "-"])).With(2);
    }

    [Fact]
    public async Task A_backup_is_made()
    {
        var backup = await service.Admin.JsonAsync("backup", "before-the-upgrade");

        Assert.EndsWith("before-the-upgrade", backup.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "BACKUP_ALREADY_EXISTS: ",
            (await service.Admin.RunAsync("backup", "before-the-upgrade")).With(4).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_listener_is_not_taken_for_the_admin_listener()
    {
        var run = (await service.Admin.RunWithAsync(
            "GRPCDCR_TOKEN", service.Server.AdminToken, "clients", "list", "--address", service.Server.Issuer)).With(1);

        Assert.Contains("not as the admin listener of GrpcDcr does", run.Errors, StringComparison.Ordinal);
    }
}
