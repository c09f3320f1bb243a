using System.Net;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>The table of moves between states, whole.</summary>
public sealed class ClientTransitionTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData(ClientState.Pending, "approve", ClientState.Active)]
    [InlineData(ClientState.Pending, "reject", ClientState.Rejected)]
    [InlineData(ClientState.Rejected, "approve", ClientState.Active)]
    [InlineData(ClientState.Active, "suspend", ClientState.Suspended)]
    [InlineData(ClientState.Pending, "suspend", ClientState.Suspended)]
    [InlineData(ClientState.Rejected, "suspend", ClientState.Suspended)]
    [InlineData(ClientState.Suspended, "reinstate", ClientState.Active)]
    public async Task Moves(ClientState from, string act, ClientState to)
    {
        var id = await _server.ClientInAsync(from);

        var answer = await _server.ActAsync(id, act);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(to.ToString().ToUpperInvariant(), answer.Text("state"));
        Assert.Equal("because", answer.Text("state_reason"));
        Assert.Equal(to, (await _server.ClientAsync(id)).State);
    }

    [Theory]
    [InlineData(ClientState.Pending, "reinstate")]
    [InlineData(ClientState.Active, "approve")]
    [InlineData(ClientState.Active, "reject")]
    [InlineData(ClientState.Active, "reinstate")]
    [InlineData(ClientState.Suspended, "approve")]
    [InlineData(ClientState.Suspended, "reject")]
    [InlineData(ClientState.Suspended, "suspend")]
    [InlineData(ClientState.Rejected, "reject")]
    [InlineData(ClientState.Rejected, "reinstate")]
    public async Task Forbids_every_other_move_and_changes_nothing(ClientState from, string act)
    {
        var id = await _server.ClientInAsync(from);
        var before = await _server.ClientAsync(id);

        var answer = await _server.ActAsync(id, act);

        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.FailedPrecondition, "STATE_FORBIDS");
        Assert.Contains(from.ToString().ToUpperInvariant(), answer.Text("message"), StringComparison.Ordinal);
        Assert.Equal(
            from.ToString().ToUpperInvariant(),
            answer.Json.GetProperty("details")[0].GetProperty("metadata").GetProperty("state").GetString());
        Assert.Equal(before, await _server.ClientAsync(id));
    }

    [Theory]
    [InlineData(ClientState.Pending)]
    [InlineData(ClientState.Active)]
    [InlineData(ClientState.Rejected)]
    public async Task Reinstates_in_the_state_of_before_and_approves_nothing(ClientState before)
    {
        var id = await _server.ClientInAsync(before);
        await _server.ActAsync(id, "suspend");

        await _server.ActAsync(id, "reinstate");

        Assert.Equal(before, (await _server.ClientAsync(id)).State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"reason\":\"\"}")]
    [InlineData("{\"reason\":\"   \"}")]
    public async Task Rejects_nobody_without_a_reason(string body)
    {
        var id = await _server.ClientInAsync(ClientState.Pending);

        var answer = await _server.ActAsync(id, "reject", body);

        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.Contains("\"field\":\"reason\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(ClientState.Pending, (await _server.ClientAsync(id)).State);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("rotateSecret")]
    public async Task Refuses_a_reason_that_is_a_novel(string act)
    {
        var id = await _server.ClientInAsync(ClientState.Pending);

        var answer = await _server.ActAsync(id, act, $$"""{"reason":"{{new string('x', 1001)}}"}""");

        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
    }

    [Fact]
    public async Task Approves_by_itself_where_policy_says_so()
    {
        await using var automatic = await RunningServer.StartAsync("Registration:Approval=Automatic");

        var client = await automatic.RegisteredAsync(Bodies.Smallest);

        Assert.Equal("active", client.GetProperty("client_status").GetString());
    }
}
