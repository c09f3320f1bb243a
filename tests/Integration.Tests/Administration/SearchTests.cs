using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Administrators find clients by what they know about them, over JSON and gRPC.</summary>
public sealed class SearchTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Web =
        """
        {"client_name":"Rechnungen GmbH","client_name#en":"Invoices Ltd","redirect_uris":["https://search.example/cb"],"software_id":"inv1"}
        """;

    private const string Native =
        """{"client_name":"Notes","redirect_uris":["com.example.notes:/cb"],"token_endpoint_auth_method":"none"}""";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("filter.name_prefix=rechn")]
    [InlineData("filter.name_contains=VOICES")]
    [InlineData("filter.redirect_host=search.example")]
    [InlineData("filter.redirect_host=SEARCH.example")]
    [InlineData("filter.software_id=inv1")]
    [InlineData("filter.software_id=inv1&filter.state=ACTIVE&filter.admission=OPEN&filter.has_pending_update=false")]
    [InlineData("filter.redirect_host=search.example&order=OLDEST_FIRST&filter.issue_start_time=2020-01-01T00:00:00Z")]
    public async Task A_client_is_found_by_what_it_has(string query)
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        var id = (await server.RegisteredAsync(Web)).GetProperty("client_id").GetString()!;
        await server.RegisteredAsync(Native);

        Assert.Equal([id], await IdsAsync(server, query));
    }

    [Fact]
    public async Task Clients_are_found_by_their_identifier_scheme_and_source()
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        await server.RegisteredAsync(Web);
        server.Time.Advance(TimeSpan.FromHours(3));
        var id = (await server.RegisteredAsync(Native)).GetProperty("client_id").GetString()!;
        var client = await server.ClientAsync(id);

        Assert.Equal([id], await IdsAsync(server, "filter.redirect_host=com.example.notes:"));
        Assert.Equal([id], await IdsAsync(server, "filter.client_id=" + id));
        Assert.Equal([id], await IdsAsync(server, "filter.client_id_prefix=" + id[..20]));
        Assert.Equal([id], await IdsAsync(server, $"filter.issue_start_time={client.IssueTime.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}"));
        Assert.Equal(2, (await IdsAsync(server, "filter.source_network=" + client.SourceAddress)).Count);
        Assert.Equal(2, (await IdsAsync(server, "filter.source_network=127.0.0.0/8")).Count);
        Assert.Empty(await IdsAsync(server, "filter.source_network=203.0.113.0/24"));
        Assert.Empty(await IdsAsync(server, "filter.owner=nobody"));
    }

    [Theory]
    [InlineData("filter.name_prefix=", "filter.name_prefix")]
    [InlineData("filter.redirect_host=&filter.software_id=&filter.owner=", "filter.redirect_host", "filter.software_id", "filter.owner")]
    [InlineData("filter.name_prefix=a&filter.name_contains=b", "filter.name_contains")]
    [InlineData("filter.client_id=x&filter.client_id_prefix=0", "filter.client_id", "filter.client_id_prefix")]
    [InlineData("filter.client_id_prefix=0190G", "filter.client_id_prefix")]
    [InlineData("filter.client_id_prefix=0190A", "filter.client_id_prefix")]
    [InlineData("filter.redirect_host=https://app.example/", "filter.redirect_host")]
    [InlineData(
        "filter.source_network=somewhere&filter.initial_access_token_id=x", "filter.source_network", "filter.initial_access_token_id")]
    [InlineData("filter.initial_access_token_id=01900000-0000-7000-8000-000000000000&filter.admission=OPEN", "filter.admission")]
    [InlineData("filter.issue_start_time=2026-01-02T00:00:00Z&filter.issue_end_time=2026-01-02T00:00:00Z", "filter.issue_end_time")]
    [InlineData("filter.state=PENDING&filter.has_pending_update=true", "filter.has_pending_update")]
    [InlineData("filter.state=REJECTED&filter.awaiting_approval=true", "filter.awaiting_approval")]
    [InlineData("filter.state=ACTIVE&filter.awaiting_approval=true&filter.has_pending_update=false", "filter.has_pending_update")]
    [InlineData("order=BACKWARDS", "order")]
    public async Task What_is_empty_malformed_or_contradictory_is_refused_by_name(string query, params string[] fields)
    {
        var answer = await _server.AdminAsync(HttpMethod.Get, "clients?" + query);

        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.All(fields, field => Assert.Contains($"\"field\":\"{field}\"", answer.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_token_is_good_for_its_own_filter_and_order_alone()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await server.RegisteredAsync(Web);
        }

        const string Own = "clients?page_size=1&filter.redirect_host=search.example";
        var token = (await server.AdminAsync(HttpMethod.Get, Own)).Json.GetProperty("next_page_token").GetString();
        Assert.Equal(HttpStatusCode.OK, (await server.AdminAsync(HttpMethod.Get, $"{Own}&page_token={token}")).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await server.AdminAsync(HttpMethod.Get, $"{Own.Replace("=1", "=2", StringComparison.Ordinal)}&page_token={token}")).Status);

        string[] others =
            ["clients?page_size=1", Own + "&order=OLDEST_FIRST", Own + "&filter.state=PENDING", "initial-access-tokens?page_size=1"];
        foreach (var other in others)
        {
            var answer = await server.AdminAsync(HttpMethod.Get, $"{other}&page_token={token}");
            answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
            Assert.Contains("\"field\":\"page_token\"", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_newest_clients_come_first_unless_the_oldest_are_asked_for()
    {
        await using var server = await RunningServer.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
            ids.Add((await server.RegisteredAsync(Web)).GetProperty("client_id").GetString()!);
        }

        Assert.Equal(ids, await IdsAsync(server, "order=OLDEST_FIRST"));
        ids.Reverse();
        Assert.Equal(ids, await IdsAsync(server, ""));
        var native = await server.Administration().ListClientsAsync(new() { Order = ListOrder.NewestFirst });
        Assert.Equal(ids, native.Clients.Select(client => client.ClientId));
    }

    [Fact]
    public async Task Clients_are_counted_by_state()
    {
        await using var server = await RunningServer.StartAsync();
        var first = await server.ClientInAsync(ClientState.Pending);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var state in new[] { ClientState.Pending, ClientState.Pending, ClientState.Active, ClientState.Rejected })
        {
            await server.ClientInAsync(state);
        }

        var counts = await server.Administration().CountClientsAsync(new());

        Assert.Equal((3, 1, 0, 1), (counts.Pending, counts.Active, counts.Suspended, counts.Rejected));
        Assert.Equal((0, 3), (counts.PendingUpdates, counts.AwaitingApproval));
        Assert.Equal((await server.ClientAsync(first)).IssueTime, counts.OldestPendingIssueTime);
        var answer = await server.AdminAsync(HttpMethod.Get, "clients:count");
        Assert.Equal(3, answer.Json.GetProperty("pending").GetInt32());
        Assert.Equal(0, answer.Json.GetProperty("suspended").GetInt32());
    }

    [Fact]
    public async Task Audit_events_are_listed_newest_first_and_found_by_actor_and_network()
    {
        await using var server = await RunningServer.StartAsync();
        var id = await server.ClientInAsync(ClientState.Suspended);
        var events = (await server.AuditLog().ListAuditEventsAsync(new() { ClientId = id })).Events;
        var actor = events[0].Actor.Name;

        Assert.Equal(AuditEventType.ClientSuspended, events[0].Type);
        Assert.Equal(events.Reverse(), (await server.AuditLog().ListAuditEventsAsync(
            new() { ClientId = id, Order = ListOrder.OldestFirst })).Events);
        Assert.Equal(
            events.Where(e => e.Actor.Name == actor),
            (await server.AuditLog().ListAuditEventsAsync(new() { ClientId = id, Actor = actor })).Events);
        var own = await server.AdminAsync(HttpMethod.Get, $"audit-events?client_id={id}&source_network=127.0.0.0/8&page_size=1");
        Assert.Equal(events[0].Sequence, own.Json.GetProperty("events")[0].GetProperty("sequence").GetInt64());
        Assert.False((await server.AdminAsync(HttpMethod.Get, "audit-events?source_network=203.0.113.0/24")).Json
            .TryGetProperty("events", out var others) && others.GetArrayLength() > 0);
        var refused = await server.AdminAsync(HttpMethod.Get, "audit-events?source_network=somewhere");
        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.Contains("\"field\":\"source_network\"", refused.Body, StringComparison.Ordinal);
    }

    private static async Task<List<string>> IdsAsync(RunningServer server, string query)
    {
        var answer = await server.AdminAsync(HttpMethod.Get, "clients?" + query);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer.Json.TryGetProperty("clients", out var clients)
            ? [.. clients.EnumerateArray().Select(client => client.GetProperty("client_id").GetString()!)]
            : [];
    }
}
