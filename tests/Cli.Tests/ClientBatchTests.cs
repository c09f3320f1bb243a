using System.Text.Json;
using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Acts on many clients by one command.</summary>
public sealed class ClientBatchTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Acts_on_several_by_one_call_and_tells_what_was_refused()
    {
        var (one, active, two) = (
            await service.RegisterAsync("Several one"), await service.RegisterAsync("Several active"),
            await service.RegisterAsync("Several two"));
        await service.Admin.SucceedAsync("clients", "approve", active, "--yes", "-q");

        var run = (await service.Admin.RunAsync("clients", "approve", one, "missing", active, two, "--reason", "known", "--yes")).With(3);

        Assert.Equal(
            [
                "CLIENT_ID                             RESULT            DESCRIPTION",
                "missing                               CLIENT_NOT_FOUND  The client does not exist.",
                $"{one}  OK                -",
                $"{active}  STATE_FORBIDS     A client in state ACTIVE cannot be approved. Allowed states: PENDING, REJECTED.",
                $"{two}  OK                -",
            ],
            run.Output.TrimEnd().Split('\n'));
        Assert.Contains($"{one}  PENDING  Several one", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "Approved 2 clients. 1 client refused: CLIENT_NOT_FOUND. 1 client refused: STATE_FORBIDS.\n", run.Errors,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Errors);
        Assert.Equal("known", (await service.ClientAsync(two)).GetProperty("state_reason").GetString());
    }

    [Fact]
    public async Task Quiet_and_JSON_are_for_scripts()
    {
        var (one, two) = (await service.RegisterAsync("Scripted one"), await service.RegisterAsync("Scripted two"));

        var rejected = await service.Admin.JsonAsync(
            "clients", "reject", one, two, "--reason", "x", "--public-reason", "Not here.", "--yes");
        var deleted = (await service.Admin.RunAsync("clients", "delete", one, "missing", two, "--yes", "-q")).With(3);

        Assert.Equal([one, two], rejected.EnumerateArray().Select(result => result.GetProperty("client_id").GetString()));
        Assert.Equal($"{one}\n{two}\n", deleted.Output);
        Assert.Equal("missing: CLIENT_NOT_FOUND: The client does not exist.\n", deleted.Errors);
        (await service.Admin.RunAsync("clients", "get", two)).With(3);
    }

    [Fact]
    public async Task Acts_on_all_that_match_if_they_are_as_many_as_expected()
    {
        foreach (var i in Enumerable.Range(0, 22))
        {
            await service.RegisterAsync($"Flood {i}", "flood.example");
        }

        var other = await service.RegisterAsync("Flood of another host");
        string[] reject = ["clients", "reject", "--redirect-host", "flood.example", "--state", "pending", "--reason", "flood", "--yes"];

        Assert.Contains("--expected-count", (await service.Admin.RunAsync(reject)).With(2).Errors, StringComparison.Ordinal);
        var wrong = (await service.Admin.RunAsync([.. reject, "--expected-count", "21"])).With(4);
        Assert.Equal("22 clients found, and not 21. Nothing was changed.\n", wrong.Errors);
        var run = (await service.Admin.RunAsync([.. reject, "--expected-count", "22", "-o", "jsonl"])).With(0);

        Assert.Equal(22, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\nand 2 more.\n", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith("Rejected 22 clients.\n", run.Errors, StringComparison.Ordinal);
        Assert.Equal("PENDING", (await service.ClientAsync(other)).GetProperty("state").GetString());
        var none = (await service.Admin.RunAsync([.. reject, "--expected-count", "0"])).With(0);
        Assert.Equal(("", "Rejected 0 clients.\n"), (none.Output, none.Errors));
    }

    [Theory]
    [InlineData("needs clients, or options that find them", "clients", "approve", "--yes")]
    [InlineData("needs clients, or options that find them", "clients", "delete", "a", "--state", "pending")]
    [InlineData("--etag is the version of one client", "clients", "delete", "a", "b", "--etag", "v1")]
    [InlineData("--expected-count is how many clients the options find", "clients", "delete", "a", "b", "--expected-count", "2", "--yes")]
    [InlineData("add --yes", "clients", "approve", "--state", "pending")]
    [InlineData("add --yes", "clients", "approve", "a", "b")]
    public async Task Says_what_is_wrong(string message, params string[] arguments) =>
        Assert.Contains(message, (await service.Admin.RunAsync(arguments)).With(2).Errors, StringComparison.Ordinal);

    /// <summary>A client that changes between the question and the act must be looked at again.</summary>
    [Fact]
    public async Task The_act_is_for_the_versions_that_were_shown_and_what_is_known_is_shown_when_it_breaks_off()
    {
        await using var server = FakeServer.Start((_, call) => call.Target switch
        {
            "/admin/v1/clients/a" => new(200, """{"client_id":"a","etag":"v7"}"""),
            "/admin/v1/clients/b" => new(200, """{"client_id":"b","etag":"v9"}"""),
            _ => new(200, """[{"result":{"client_id":"a"}}""", IsCut: true),
        });
        using var user = new Workplace();

        var run = (await user.RunWithAsync(
            "GRPCDCR_TOKEN", "token", "clients", "approve", "a", "b", "--yes", "--address", server.Address)).With(1);

        using var sent = JsonDocument.Parse(server.Calls.Single(call => call.Target == "/admin/v1/clients:batchApprove").Body);
        Assert.Equal(
            """[{"client_id":"a","etag":"v7"},{"client_id":"b","etag":"v9"}]""", sent.RootElement.GetProperty("clients").GetRawText());
        Assert.Equal("CLIENT_ID  RESULT  DESCRIPTION\na          OK      -\n", run.Output);
        Assert.Contains("Approved 1 client. 1 of 2 are not known.\n", run.Errors, StringComparison.Ordinal);
        Assert.Contains("What was asked for may have happened in part.", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>A call is for 1,000 clients at the most.</summary>
    [Fact]
    public async Task Many_are_sent_in_several_calls()
    {
        await using var server = FakeServer.Start((_, call) => call.Target.StartsWith("/admin/v1/clients?", StringComparison.Ordinal)
            ? new(200, Page(call.Target.Contains("page_token=", StringComparison.Ordinal)))
            : new(200, "[]"));
        using var user = new Workplace();

        (await user.RunWithAsync(
            "GRPCDCR_TOKEN", "token", "clients", "delete", "--state", "rejected", "--expected-count", "1001", "--yes", "-q",
            "--address", server.Address)).With(0);

        Assert.Equal(
            [1000, 1],
            server.Calls.Where(call => call.Target.EndsWith(":batchDelete", StringComparison.Ordinal))
                .Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("clients").GetArrayLength()));

        static string Page(bool isSecond) => JsonSerializer.Serialize(new
        {
            clients = Enumerable.Range(0, isSecond ? 1 : 1000).Select(i => new { client_id = $"{isSecond}{i}", etag = "v1" }),
            next_page_token = isSecond ? "" : "next",
        });
    }
}
