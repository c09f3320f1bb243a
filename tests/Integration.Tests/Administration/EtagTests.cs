using System.Net;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Two administrators do not overwrite each other.</summary>
public sealed class EtagTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Refuses_an_act_on_what_another_administrator_has_changed()
    {
        var id = await _server.ClientInAsync(ClientState.Pending);
        var seen = (await _server.ClientAsync(id)).Etag;

        var first = await _server.ActAsync(id, "approve", $$"""{"etag":"{{seen}}"}""");
        foreach (var act in new[] { "reject", "suspend", "rotateSecret" })
        {
            var second = await _server.ActAsync(id, act, $$"""{"reason":"late","etag":"{{seen}}"}""");
            second.IsStatus(HttpStatusCode.Conflict, (int)StatusCode.Aborted, "ETAG_MISMATCH");
        }

        var delete = await _server.AdminAsync(HttpMethod.Delete, $"clients/{id}?etag={seen}");
        delete.IsStatus(HttpStatusCode.Conflict, (int)StatusCode.Aborted, "ETAG_MISMATCH");
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.NotEqual(seen, first.Text("etag"));
        Assert.Equal(ClientState.Active, (await _server.ClientAsync(id)).State);
    }

    [Fact]
    public async Task Lets_one_of_many_win_at_the_same_time()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await _server.ClientInAsync(ClientState.Pending);
            var body = $$"""{"reason":"mine","etag":"{{(await _server.ClientAsync(id)).Etag}}"}""";

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(i => _server.ActAsync(id, i % 2 == 0 ? "approve" : "reject", body)));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        }
    }

    [Fact]
    public async Task Acts_on_whatever_the_client_is_now_where_no_etag_is_needed_and_none_is_given()
    {
        var id = await _server.ClientInAsync(ClientState.Active);

        Assert.Equal(HttpStatusCode.OK, (await _server.ActAsSentAsync(id, "rotateSecret", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.ActAsSentAsync(id, "suspend", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.AdminAsync(HttpMethod.Delete, "clients/" + id)).Status);
    }

    [Theory]
    [InlineData(ClientState.Pending, "approve")]
    [InlineData(ClientState.Pending, "reject")]
    [InlineData(ClientState.Suspended, "reinstate")]
    public async Task Lets_nobody_into_use_or_out_of_the_queue_unseen(ClientState state, string act)
    {
        var id = await _server.ClientInAsync(state);

        var answer = await _server.ActAsSentAsync(id, act, """{"reason":"because"}""");

        answer.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.Contains("\"field\":\"etag\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(state, (await _server.ClientAsync(id)).State);
    }
}
