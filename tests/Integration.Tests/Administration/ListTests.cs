using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Lists of clients, page by page.</summary>
public sealed class ListTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Lists_by_state()
    {
        var ids = new Dictionary<ClientState, string>();
        foreach (var state in Enum.GetValues<ClientState>().Where(state => state != ClientState.Unspecified))
        {
            ids[state] = await _server.ClientInAsync(state);
        }

        foreach (var (state, id) in ids)
        {
            var name = state.ToString().ToUpperInvariant();
            foreach (var query in new[] { name, "CLIENT_STATE_" + name })
            {
                var answer = await _server.AdminAsync(HttpMethod.Get, $"clients?filter.state={query}&page_size=500");
                var clients = answer.Json.GetProperty("clients").EnumerateArray().ToList();
                Assert.Contains(clients, client => client.GetProperty("client_id").GetString() == id);
                Assert.All(clients, client => Assert.Equal(name, client.GetProperty("state").GetString()));
            }
        }
    }

    [Fact]
    public async Task Pages_stay_stable_while_clients_come_and_go()
    {
        await using var own = await RunningServer.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            ids.Add(await LaterAsync(own));
        }

        var seen = new List<string>();
        var request = new ListClientsRequest
        {
            Filter = new() { State = ClientState.Pending },
            Order = ListOrder.OldestFirst,
            PageSize = 7,
        };
        do
        {
            var page = await own.Administration().ListClientsAsync(request);
            seen.AddRange(page.Clients.Select(client => client.ClientId));
            request.PageToken = page.NextPageToken;
            await own.AdminAsync(HttpMethod.Delete, "clients/" + seen[^1]);
            await LaterAsync(own);
        }
        while (request.PageToken.Length > 0 && seen.Count < 100);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(ids, seen.Take(ids.Count));
    }

    [Fact]
    public async Task Skips_a_client_that_is_deleted_before_its_page()
    {
        await using var own = await RunningServer.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await LaterAsync(own));
        }

        var request = new ListClientsRequest { PageSize = 2, Order = ListOrder.OldestFirst };
        var first = await own.Administration().ListClientsAsync(request);
        await own.AdminAsync(HttpMethod.Delete, "clients/" + ids[1]);
        await own.AdminAsync(HttpMethod.Delete, "clients/" + ids[2]);
        request.PageToken = first.NextPageToken;
        var second = await own.Administration().ListClientsAsync(request);

        Assert.Equal([ids[3]], second.Clients.Select(client => client.ClientId));
        Assert.Empty(second.NextPageToken);
    }

    [Theory]
    [InlineData("clients?page_token=garbage")]
    [InlineData("clients?page_token=AAAAAAAAAAA")]
    [InlineData("clients?page_token=%00")]
    [InlineData("clients?page_size=-1")]
    [InlineData("clients?page_size=many")]
    [InlineData("clients?page_size=99999999999")]
    [InlineData("clients?filter.state=NONSENSE")]
    [InlineData("clients?filter.state=pending")]
    [InlineData("clients?filter.state=7")]
    [InlineData("audit-events?page_token=garbage")]
    [InlineData("audit-events?type=NONSENSE")]
    [InlineData("audit-events?client_id=nonsense")]
    [InlineData("audit-events?start_time=yesterday")]
    public async Task Refuses_questions_that_make_no_sense(string path)
    {
        var answer = await _server.AdminAsync(HttpMethod.Get, path);

        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
    }

    [Fact]
    public async Task Refuses_a_state_that_is_none_over_grpc_as_well()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _server.Administration().ListClientsAsync(
                new() { Filter = new() { State = (ClientState)77 } }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    /// <summary>Registers a client in a millisecond of its own: clients are listed in the order of their time.</summary>
    private static async Task<string> LaterAsync(RunningServer server)
    {
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        return await server.ClientInAsync(ClientState.Pending);
    }
}
