using System.Text.Json;
using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Finding clients and acting on them.</summary>
public sealed class ClientTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Lists_clients_as_a_table_as_JSON_as_lines_and_as_identifiers()
    {
        var ids = new[] { await service.RegisterAsync("Listed one", "one.example"), await service.RegisterAsync("Listed two") };
        string[] list = ["clients", "list", "--name-prefix", "listed", "--order", "oldest_first"];

        var table = (await service.Admin.SucceedAsync(list)).Split('\n');
        var json = await service.Admin.JsonAsync(list);
        var lines = await service.Admin.SucceedAsync([.. list, "--output", "jsonl"]);
        var quiet = await service.Admin.SucceedAsync([.. list, "-q"]);

        Assert.Equal("CLIENT_ID                             STATE    NAME        REDIRECTS    ADMISSION  REGISTERED", table[0]);
        Assert.StartsWith($"{ids[0]}  PENDING  Listed one  one.example  OPEN       20", table[1], StringComparison.Ordinal);
        Assert.StartsWith($"{ids[1]}  PENDING  Listed two  app.example  OPEN       20", table[2], StringComparison.Ordinal);
        Assert.Equal(ids, json.EnumerateArray().Select(Id));
        Assert.Equal(await service.ClientAsync(ids[0]), json[0], JsonElement.DeepEquals);
        Assert.Equal(ids, lines.TrimEnd().Split('\n').Select(line => Id(JsonDocument.Parse(line).RootElement)));
        Assert.Equal(string.Concat(ids.Select(id => $"{id}\n")), quiet);
        Assert.Equal($"{ids[0]}\n", await service.Admin.SucceedAsync([.. list, "-q", "--limit", "1"]));
    }

    [Fact]
    public async Task Lists_more_than_a_page()
    {
        await Task.WhenAll(Enumerable.Range(0, 510).Select(_ => service.RegisterAsync("Paged", "paged.example")));

        var ids = await service.Admin.SucceedAsync("clients", "list", "--redirect-host", "paged.example", "--quiet");

        Assert.Equal(510, ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count());
        Assert.Equal(510, (await service.Admin.JsonAsync("clients", "list", "--redirect-host", "paged.example")).GetArrayLength());
    }

    /// <summary>The service knows every parameter that an option becomes: an unknown one would be refused.</summary>
    [Theory]
    [InlineData("--state", "Pending")]
    [InlineData("--awaiting-approval")]
    [InlineData("--has-pending-update", "false")]
    [InlineData("--name-contains", "iltere")]
    [InlineData("--redirect-host", "filtered.example")]
    [InlineData("--client-id-prefix", "0")]
    [InlineData("--admission", "open")]
    [InlineData("--source-network", "127.0.0.0/8")]
    [InlineData("--issued-after", "1h")]
    [InlineData("--issued-before", "2100-01-01")]
    public async Task A_client_that_matches_a_filter_is_listed(params string[] filter)
    {
        var id = await service.RegisterAsync($"Filtered {filter[0]}", "filtered.example");

        Assert.Contains(id, await service.Admin.SucceedAsync(["clients", "list", "-q", .. filter]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--state", "rejected")]
    [InlineData("--has-pending-update", "true")]
    [InlineData("--name-prefix", "iltere")]
    [InlineData("--software-id", "none")]
    [InlineData("--owner", "nobody")]
    [InlineData("--admission", "administrator")]
    [InlineData("--annotation", "team")]
    [InlineData("--client-id", "01a22d7e-0000-7000-8000-000000000000")]
    [InlineData("--initial-access-token-id", "01a22d7e-0000-7000-8000-000000000000")]
    [InlineData("--issued-before", "2020-01-01T00:00:00Z")]
    public async Task A_client_that_does_not_match_is_not_listed(params string[] filter)
    {
        await service.RegisterAsync("Filtered");

        Assert.Equal("", await service.Admin.SucceedAsync(["clients", "list", "-q", .. filter]));
        Assert.Equal("[]\n", await service.Admin.SucceedAsync(["clients", "list", "-o", "json", .. filter]));
    }

    [Fact]
    public async Task Shows_what_it_approves_and_approves_that_version()
    {
        var id = await service.RegisterAsync("To approve");

        var run = (await service.Admin.RunAsync("clients", "approve", id, "--reason", "known", "--yes", "--output", "json")).With(0);

        Assert.Contains("metadata.client_name                 To approve\n", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"Approved {id}.\n", run.Errors, StringComparison.Ordinal);
        using var client = JsonDocument.Parse(run.Output);
        Assert.Equal("ACTIVE", client.RootElement.GetProperty("state").GetString());
        Assert.Equal("known", (await service.ClientAsync(id)).GetProperty("state_reason").GetString());
        var again = (await service.Admin.RunAsync("clients", "suspend", id, "--etag", "v1", "--yes")).With(4);
        Assert.StartsWith("ETAG_MISMATCH: ", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_act_needs_yes_where_nobody_can_be_asked()
    {
        var id = await service.RegisterAsync("Not asked");
        string[][] acts =
        [
            ["approve"], ["reject", "--reason", "x"], ["suspend"], ["reinstate"], ["delete"], ["rotate-secret"], ["reissue-token"],
        ];
        foreach (var act in acts)
        {
            var run = (await service.Admin.RunAsync(["clients", act[0], id, .. act[1..]])).With(2);
            Assert.Contains("add --yes", run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal("v1", (await service.ClientAsync(id)).GetProperty("etag").GetString());
    }

    [Fact]
    public async Task Acts_on_several_clients_and_tells_what_was_refused()
    {
        var one = await service.RegisterAsync("Several one");
        var two = await service.RegisterAsync("Several two");

        var run = (await service.Admin.RunAsync("clients", "suspend", one, "missing", two, "--reason", "incident", "--yes", "-q")).With(3);

        Assert.Equal($"{one}\n{two}\n", run.Output);
        Assert.Equal("CLIENT_NOT_FOUND: The client does not exist.\n", run.Errors);
        Assert.Equal("SUSPENDED", (await service.ClientAsync(two)).GetProperty("state").GetString());
        var back = await service.Admin.JsonAsync("clients", "reinstate", one, two, "--yes");
        Assert.Equal(["PENDING", "PENDING"], back.EnumerateArray().Select(client => client.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Rejects_blocks_and_deletes()
    {
        var id = await service.RegisterAsync("Unwanted", "unwanted.example");

        await service.Admin.SucceedAsync("clients", "reject", id, "--reason", "phishing", "--public-reason", "Not yours.", "--yes");
        Assert.Equal("Not yours.", (await service.ClientAsync(id)).GetProperty("public_reason").GetString());
        await service.Admin.SucceedAsync("clients", "suspend", id, "--reason", "phishing", "--block", "redirect_host", "--yes");
        Assert.Contains(
            "unwanted.example", await service.Admin.SucceedAsync("blocks", "list"), StringComparison.Ordinal);
        Assert.Equal($"{id}\n", await service.Admin.SucceedAsync("clients", "delete", id, "--yes", "--quiet"));
        (await service.Admin.RunAsync("clients", "get", id)).With(3);
    }

    [Fact]
    public async Task Refusals_end_with_4()
    {
        var id = await service.RegisterAsync("Refused");
        await service.Admin.SucceedAsync("clients", "approve", id, "--yes");

        Assert.StartsWith(
            "STATE_FORBIDS: ",
            (await service.Admin.RunAsync("clients", "approve", id, "--yes", "--quiet")).With(4).Errors,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "INVALID_REQUEST: ",
            (await service.Admin.RunAsync("clients", "list", "--source-network", "nonsense")).With(4).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_clients()
    {
        await service.RegisterAsync("Counted");

        Assert.True((await service.Admin.JsonAsync("clients", "count")).GetProperty("pending").GetInt32() > 0);
    }

    private static string? Id(JsonElement client) => client.GetProperty("client_id").GetString();
}
