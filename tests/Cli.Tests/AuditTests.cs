using System.Diagnostics;
using System.Text.Json;
using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>The audit log.</summary>
public sealed class AuditTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Lists_events_that_match()
    {
        var id = await service.RegisterAsync("Audited");
        await service.Admin.SucceedAsync("clients", "approve", id, "--yes", "--reason", "known");

        var events = await service.Admin.JsonAsync(
            "audit", "list", "--client-id", id, "--since", "1h", "--order", "oldest_first", "--source-network", "127.0.0.1");
        var table = await service.Admin.SucceedAsync("audit", "list", "--type", "client_approved", "--actor", "admin", "--limit", "1");

        Assert.Equal(
            ["CLIENT_REGISTERED", "CLIENT_APPROVED"], events.EnumerateArray().Select(happened => happened.GetProperty("type").GetString()));
        Assert.Matches($@"\n\d+ +\S+Z  CLIENT_APPROVED  admin  {id}  OK      known\n$", table);
        Assert.Contains(
            "type must be one of",
            (await service.Admin.RunAsync("audit", "list", "--type", "nothing")).With(4).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_events_as_they_happen_until_it_is_stopped()
    {
        var before = await service.RegisterAsync("Before");
        await using var follow = service.Admin.Start(
            ["audit", "follow", "--last", "1", "--output", "jsonl", "--type", "client_registered"], before, "\"After\\\"");
        await follow.LineWithAsync(before, Soon);

        var after = await service.RegisterAsync("After");
        await service.Admin.SucceedAsync("clients", "suspend", after, "--yes");
        var line = await follow.LineWithAsync("\"After\\\"", Soon);
        using var stop = Process.Start("kill", ["-TERM", $"{follow.Id}"]);
        await follow.EndedAsync(Soon);

        using var happened = JsonDocument.Parse(line);
        Assert.Equal(after, happened.RootElement.GetProperty("client_id").GetString());
        Assert.Equal(2, follow.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, follow.ExitCode);
    }

    [Fact]
    public async Task Following_has_no_JSON_document() => Assert.Contains(
        "--output jsonl", (await service.Admin.RunAsync("audit", "follow", "-o", "json")).With(2).Errors, StringComparison.Ordinal);
}
