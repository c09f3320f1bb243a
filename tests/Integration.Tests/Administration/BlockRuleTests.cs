using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Block rules refuse or hold registrations and updates from the moment an administrator creates them.</summary>
public sealed class BlockRuleTests
{
    private const string Rules = "block-rules";

    private const string Document =
        "\"redirect_uris\":[\"https://app.evil.example/cb\"],\"software_id\":\"sw-1\",\"client_name\":\"Evil App\","
        + "\"token_endpoint_auth_method\":\"none\"";

    private const string Other =
        "{\"redirect_uris\":[\"https://good.example/cb\"],\"client_name\":\"Good\",\"token_endpoint_auth_method\":\"none\"}";

    public static TheoryData<string, string, string> Matching { get; } = new()
    {
        { "REDIRECT_HOST", "app.evil.example", "redirect_uris[0]" },
        { "REDIRECT_HOST", "*.EVIL.example", "redirect_uris[0]" },
        { "SOFTWARE_ID", "sw-1", "software_id" },
        { "CLIENT_NAME", "evil app", "client_name" },
        { "CLIENT_NAME", "Ev\u0456l App", "client_name" },
        { "DOCUMENT_HOST", "keys.evil.example", "jwks_uri" },
        { "SOURCE_NETWORK", "127.0.0.1", "" },
        { "SOURCE_NETWORK", "127.0.0.0/8", "" },
    };

    [Fact]
    public void Every_subject_has_a_row_and_a_case() => Assert.Equal(
        BlockSubjects.Names.Order(), Matching.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void The_numbers_of_subjects_and_effects_are_those_of_the_contract()
    {
        var (subjects, effects) = (BlockRulesReflection.Descriptor.EnumTypes[0], BlockRulesReflection.Descriptor.EnumTypes[1]);
        Assert.Equal(
            Enum.GetValues<Server.Model.BlockSubject>().Select(value => ("BLOCK_SUBJECT_" + BlockSubjects.NameOf(value), (int)value)),
            subjects.Values.Skip(1).Select(value => (value.Name, value.Number)));
        Assert.Equal(
            Enum.GetValues<Server.Model.BlockEffect>().Select(value => ("BLOCK_EFFECT_" + value.ToString().ToUpperInvariant(), (int)value)),
            effects.Values.Skip(1).Select(value => (value.Name, value.Number)));
    }

    [Theory]
    [MemberData(nameof(Matching))]
    public async Task A_rule_that_refuses_stops_registrations_and_updates_of_every_admission(string subject, string value, string member)
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:Approval=Automatic", "Registration:TokenEndpointAuthMethods=none private_key_jwt");
        var document = With(member);
        var owner = await OwnRecord.RegisterAsync(server, Other);
        var token = (await server.AdminAsync(HttpMethod.Post, "initial-access-tokens", """{"constraints":{"automatic_approval":true}}"""))
            .Text("token");
        Assert.Equal(HttpStatusCode.OK, (await CreateAsync(server, subject, value, "REFUSE")).Status);

        foreach (var refused in new[]
        {
            await server.RegisterAsync(document),
            await server.RegisterAsync(document, "Authorization: Bearer " + token),
            await owner.UpdateAsync(document.Trim('{', '}')),
        })
        {
            if (member.Length == 0)
            {
                refused.IsRefusal("access_denied", HttpStatusCode.Forbidden, document);
            }
            else
            {
                Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
                Assert.Contains($"{member} has ", refused.Description, StringComparison.Ordinal);
                Assert.DoesNotContain("the private reason", refused.Body, StringComparison.Ordinal);
            }
        }

        // What it does not match goes on, except where the network is blocked; the client may still read itself.
        Assert.Equal(
            member.Length == 0 ? HttpStatusCode.Forbidden : HttpStatusCode.Created, (await server.RegisterAsync(Other)).Status);
        Assert.Equal("active", (await owner.ReadAsync()).IsRecord().Text("client_status"));
    }

    [Theory]
    [MemberData(nameof(Matching))]
    public async Task A_rule_that_holds_lets_the_client_wait_whatever_else_would_approve_it(string subject, string value, string member)
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:Approval=Automatic", "Registration:TokenEndpointAuthMethods=none private_key_jwt");
        var document = With(member);
        var owner = await OwnRecord.RegisterAsync(server, Other);
        var rule = await CreateAsync(server, subject, value, "HOLD");

        var registered = (await server.RegisterAsync(document)).Json;
        Assert.Equal("pending", registered.GetProperty("client_status").GetString());
        var seen = await server.ClientAsync(registered.GetProperty("client_id").GetString()!);
        Assert.Equal($"Block rule {rule.Text("block_rule_id")}: the private reason", seen.StateReason);

        // The approved client keeps what was approved, and what widens it waits.
        var updated = (await owner.UpdateAsync(document.Trim('{', '}'))).IsRecord();
        Assert.Equal("active", updated.Text("client_status"));
        Assert.True(updated.Json.TryGetProperty("pending_update", out _));
    }

    [Fact]
    public async Task A_rule_ends_when_it_expires_or_is_deleted_and_each_act_is_recorded()
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        var end = server.Time.GetUtcNow().AddMinutes(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        var first = await server.AdminAsync(
            HttpMethod.Post, Rules,
            $$"""{"subject":"REDIRECT_HOST","value":"app.evil.example","reason":"a flood","expire_time":"{{end}}"}""");
        Assert.Equal(("REFUSE", "admin"), (first.Text("effect"), first.Text("created_by")));
        var second = await CreateAsync(server, "CLIENT_NAME", "Evil App", effect: null);
        Assert.Equal("HOLD", second.Text("effect"));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.RegisterAsync("{" + Document + "}")).Status);

        server.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("pending", (await server.RegisterAsync("{" + Document + "}")).Text("client_status"));
        Assert.Equal([second.Text("block_rule_id")], await ListedAsync(server));

        var id = second.Text("block_rule_id");
        Assert.Equal(HttpStatusCode.OK, (await server.AdminAsync(HttpMethod.Delete, $"{Rules}/{id}?reason=over")).Status);
        (await server.AdminAsync(HttpMethod.Delete, $"{Rules}/{id}")).IsStatus(HttpStatusCode.NotFound, 5, "BLOCK_RULE_NOT_FOUND");
        Assert.Equal("active", (await server.RegisterAsync("{" + Document + "}")).Text("client_status"));

        var events = (await server.AdminAsync(HttpMethod.Get, "audit-events?page_size=500&order=OLDEST_FIRST")).Json.GetProperty("events")
            .EnumerateArray()
            .Where(one => one.GetProperty("type").GetString()!.StartsWith("BLOCK_RULE", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            [
                ("BLOCK_RULE_CREATED", "app.evil.example", "a flood"), ("BLOCK_RULE_CREATED", "Evil App", "the private reason"),
                ("BLOCK_RULE_DELETED", "Evil App", "over"), ("BLOCK_RULE_DELETED", "", null),
            ],
            events.Select(one => (one.GetProperty("type").GetString(), ValueOf(one), ReasonOf(one))));
    }

    [Theory]
    [InlineData("""{"value":"a.example","reason":"r"}""", "subject")]
    [InlineData("""{"subject":"REDIRECT_HOST","reason":"r"}""", "value")]
    [InlineData("""{"subject":"REDIRECT_HOST","value":"https://a.example/","reason":"r"}""", "value")]
    [InlineData("""{"subject":"REDIRECT_HOST","value":"https:","reason":"r"}""", "value")]
    [InlineData("""{"subject":"DOCUMENT_HOST","value":"evil:","reason":"r"}""", "value")]
    [InlineData("""{"subject":"SOURCE_NETWORK","value":"10.0.0.0/33","reason":"r"}""", "value")]
    [InlineData("""{"subject":"SOURCE_NETWORK","value":"everybody","reason":"r"}""", "value")]
    [InlineData("""{"subject":"CLIENT_NAME","value":"...","reason":"r"}""", "value")]
    [InlineData("""{"subject":"SOFTWARE_ID","value":"x","reason":" "}""", "reason")]
    [InlineData("""{"subject":"SOFTWARE_ID","value":"x","reason":"r","expire_time":"2020-01-01T00:00:00Z"}""", "expire_time")]
    [InlineData("""{}""", "subject reason")]
    public async Task A_rule_that_cannot_be_one_is_refused_with_every_wrong_field(string body, string fields)
    {
        await using var server = await RunningServer.StartAsync();

        var refused = (await server.AdminAsync(HttpMethod.Post, Rules, body)).IsStatus(HttpStatusCode.BadRequest, 3, "INVALID_REQUEST");

        Assert.Equal(
            fields.Split(' '), Regex.Matches(refused.Body, "\"field\": *\"([^\"]+)\"").Select(match => match.Groups[1].Value));
        Assert.Empty(await ListedAsync(server));
    }

    private static string With(string member) => "{" + (member == "jwks_uri"
        ? Document.Replace("\"none\"", "\"private_key_jwt\",\"jwks_uri\":\"https://keys.evil.example/k\"", StringComparison.Ordinal)
        : Document) + "}";

    private static Task<Answer> CreateAsync(RunningServer server, string subject, string value, string? effect) => server.AdminAsync(
        HttpMethod.Post, Rules, JsonSerializer.Serialize(new { subject, value, effect, reason = "the private reason" }));

    private static async Task<IEnumerable<string?>> ListedAsync(RunningServer server) =>
        (await server.AdminAsync(HttpMethod.Get, Rules)).Json.TryGetProperty("block_rules", out var rules)
            ? rules.EnumerateArray().Select(rule => rule.GetProperty("block_rule_id").GetString())
            : [];

    private static string? ValueOf(JsonElement auditEvent) =>
        auditEvent.TryGetProperty("block_rule", out var rule) ? rule.GetProperty("value").GetString() : "";

    private static string? ReasonOf(JsonElement auditEvent) =>
        auditEvent.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
}
