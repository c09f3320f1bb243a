using System.Net;
using System.Text.Json;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Acts of administrators on many clients.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private RunningServer? _server;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task Each_client_has_its_result_and_its_audit_event_and_one_refusal_stops_nobody()
    {
        var (first, suspended, last) = (
            await Server.ClientInAsync(ClientState.Pending), await Server.ClientInAsync(ClientState.Suspended),
            await Server.ClientInAsync(ClientState.Pending));
        var request = new BatchApproveClientsRequest { Reason = "all known" };
        foreach (var id in new[] { first, suspended, last })
        {
            request.Clients.Add(new ClientVersion { ClientId = id, Etag = (await Server.ClientAsync(id)).Etag });
        }

        request.Clients.Add(new ClientVersion { ClientId = "nobody", Etag = "v1" });
        using var call = Server.Administration().BatchApproveClients(request);
        var responses = await ReadAsync(call.ResponseStream);

        Assert.Equal(
            [(first, ""), (suspended, "STATE_FORBIDS"), (last, ""), ("nobody", "CLIENT_NOT_FOUND")],
            responses[..^1].Select(response => (response.Result.ClientId, response.Result.Refusal?.Reason ?? "")));
        Assert.Equal((null, 2, 2), (responses[^1].Result, responses[^1].Totals.Succeeded, responses[^1].Totals.Refused));
        Assert.Equal(ClientState.Active, (await Server.ClientAsync(last)).State);
        var events = await Server.EventsAsync(new() { Type = AuditEventType.ClientApproved });
        Assert.Equal(2, events.Count(one => one.Succeeded && one.Reason == "all known" && (one.ClientId == first || one.ClientId == last)));
        Assert.Contains(events, one => one.Refusal?.Reason == "STATE_FORBIDS" && one.ClientId == suspended);
    }

    [Fact]
    public async Task An_approval_of_many_is_one_approval_where_several_are_needed()
    {
        await using var careful = await RunningServer.StartAsync("Registration:ApprovalsNeeded=2");
        var id = await careful.ClientInAsync(ClientState.Pending);
        var request = new BatchApproveClientsRequest { Filter = new() { State = ClientState.Pending }, ExpectedCount = 1 };

        using var first = careful.Administration().BatchApproveClients(request);
        await ReadAsync(first.ResponseStream);
        using var again = careful.Administration().BatchApproveClients(request);
        var refused = await ReadAsync(again.ResponseStream);

        Assert.Equal(ClientState.Pending, (await careful.ClientAsync(id)).State);
        Assert.Equal("ALREADY_APPROVED", refused[0].Result.Refusal.Reason);
    }

    [Fact]
    public async Task A_filter_acts_on_what_matches_if_it_is_as_many_as_expected()
    {
        var pending = new[] { await Server.ClientInAsync(ClientState.Pending), await Server.ClientInAsync(ClientState.Pending) };
        var active = await Server.ClientInAsync(ClientState.Active);
        const string Body = """{"filter":{"state":"PENDING"},"expected_count":COUNT,"reason":"flood","public_reason":"Not here."}""";

        var other = await BatchAsync("batchReject", Body.Replace("COUNT", "3", StringComparison.Ordinal));
        Assert.Equal(ClientState.Pending, (await Server.ClientAsync(pending[0])).State);
        var done = await BatchAsync("batchReject", Body.Replace("COUNT", "2", StringComparison.Ordinal));

        other.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.FailedPrecondition, "COUNT_MISMATCH");
        Assert.Equal("2", other.Json.GetProperty("details")[0].GetProperty("metadata").GetProperty("count").GetString());
        Assert.True(done.Status == HttpStatusCode.OK, done.Body);
        var listed = done.Json.EnumerateArray().ToList();
        Assert.Equal(
            pending.Order(StringComparer.Ordinal),
            listed[..^1].Select(one => one.GetProperty("result").GetProperty("client_id").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal((2, 0), (Total(listed, "succeeded"), Total(listed, "refused")));
        var rejected = await Server.ClientAsync(pending[1]);
        Assert.Equal((ClientState.Rejected, "flood", "Not here."), (rejected.State, rejected.StateReason, rejected.PublicReason));
        Assert.Equal(ClientState.Active, (await Server.ClientAsync(active)).State);
    }

    [Fact]
    public async Task Clients_are_deleted_whatever_their_version_unless_it_is_named()
    {
        var (first, second) = (await Server.ClientInAsync(ClientState.Active), await Server.ClientInAsync(ClientState.Active));

        var done = await BatchAsync(
            "batchDelete", $$"""{"clients":[{"client_id":"{{first}}"},{"client_id":"{{second}}","etag":"v1"}],"reason":"gone"}""");

        var listed = done.Json.EnumerateArray().ToList();
        Assert.False(listed[0].GetProperty("result").TryGetProperty("refusal", out _));
        Assert.Equal("ETAG_MISMATCH", listed[1].GetProperty("result").GetProperty("refusal").GetProperty("reason").GetString());
        Assert.Equal((1, 1), (Total(listed, "succeeded"), Total(listed, "refused")));
        Assert.Equal(1, await Server.CountClientsAsync());
    }

    [Theory]
    [InlineData("batchApprove", "{}", "clients")]
    [InlineData("batchApprove", """{"filter":{"state":"PENDING"}}""", "expected_count")]
    [InlineData("batchApprove", """{"filter":{"state":"PENDING"},"expected_count":10001}""", "expected_count")]
    [InlineData("batchApprove", """{"clients":[{"client_id":"a","etag":"v1"}],"expected_count":1}""", "expected_count")]
    [InlineData("batchApprove", """{"clients":[{"client_id":"a","etag":"v1"},{"client_id":"b"}]}""", "clients[1].etag")]
    [InlineData("batchDelete", """{"clients":[{"client_id":"a"},{"client_id":"a"}]}""", "clients[1].client_id")]
    [InlineData("batchDelete", """{"clients":[{"client_id":"a"}],"filter":{}}""", "clients")]
    [InlineData("batchDelete", """{"filter":{"client_id":"x"},"expected_count":0}""", "filter.client_id")]
    [InlineData("batchReject", """{"clients":[{"client_id":"a","etag":"v1"}]}""", "reason")]
    [InlineData("batchDelete", "MANY", "clients")]
    public async Task What_is_not_clear_is_refused_as_a_whole(string act, string body, string field)
    {
        var many = JsonSerializer.Serialize(
            new { clients = Enumerable.Range(0, 1001).Select(i => new { client_id = $"{i}" }) });

        var refused = await BatchAsync(act, body == "MANY" ? many : body);

        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.Contains($"\"field\":\"{field}\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_elements_of_the_array_come_as_they_happen_and_leaving_stops_before_the_next_client()
    {
        await CreateManyAsync();
        using var admin = new HttpClient { BaseAddress = Server.AdminAddress };
        admin.DefaultRequestHeaders.Authorization = Server.Admin.DefaultRequestHeaders.Authorization;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/clients:batchDelete")
        {
            Content = Bodies.Json("""{"filter":{"state":"ACTIVE"},"expected_count":200}"""),
        };

        using (var answer = await admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await using var array = await answer.Content.ReadAsStreamAsync();
            Assert.Equal((byte)'[', array.ReadByte());
        }

        Assert.InRange(await Server.CountClientsAsync(), 1, 199);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_stops_before_the_next_client()
    {
        await CreateManyAsync();
        using var cancelled = new CancellationTokenSource();
        using var call = Server.Administration().BatchDeleteClients(
            new() { Filter = new() { State = ClientState.Active }, ExpectedCount = 200 }, cancellationToken: cancelled.Token);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(async () => await ReadAsync(call.ResponseStream));
        Assert.InRange(await Server.CountClientsAsync(), 1, 199);
    }

    private Task CreateManyAsync() => Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Server.Administration().CreateClientAsync(
        new() { Metadata = new() { RedirectUris = { "https://client.example/cb" } } }).ResponseAsync));

    private static int Total(List<JsonElement> listed, string name) => listed[^1].GetProperty("totals").GetProperty(name).GetInt32();

    private Task<Answer> BatchAsync(string act, string body) => Server.AdminAsync(HttpMethod.Post, "clients:" + act, body);

    private static async Task<List<T>> ReadAsync<T>(IAsyncStreamReader<T> stream)
    {
        var read = new List<T>();
        await foreach (var response in stream.ReadAllAsync())
        {
            read.Add(response);
        }

        return read;
    }
}
