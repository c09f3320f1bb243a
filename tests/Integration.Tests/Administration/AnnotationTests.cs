using System.Net;
using System.Text.Json;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Words of administrators about clients.</summary>
public sealed class AnnotationTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Annotations_are_for_administrators_and_authorization_servers_and_out_of_reach_of_the_client()
    {
        var own = await OwnRecord.RegisterAsync(_server);
        await _server.ActAsync(own.ClientId, "approve");
        var before = await _server.ClientAsync(own.ClientId);

        var annotated = await _server.ActAsSentAsync(
            own.ClientId, "annotate", """{"set":{"team":"billing-words","tier/of":""},"reason":"known"}""");

        Assert.Equal("billing-words", annotated.Json.GetProperty("annotations").GetProperty("team").GetString());
        var after = await _server.ClientAsync(own.ClientId);
        Assert.Equal((before.Revision + 1, 2), (after.Revision, after.Annotations.Count));
        var seen = (await _server.Directory().GetClientAsync(new() { ClientId = own.ClientId })).Client;
        Assert.Equal((after.Annotations, after.Revision), (seen.Annotations, seen.Revision));

        var read = (await own.ReadAsync()).IsRecord();
        var updated = (await own.With(read.TokenIn()).UpdateAsync(
            "\"redirect_uris\":[\"https://client.example/cb\"],\"annotations\":{\"team\":\"mine\"}")).IsRecord();
        foreach (var answer in new[] { read, updated })
        {
            Assert.DoesNotContain("billing-words", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("annotations", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(after.Annotations, (await _server.ClientAsync(own.ClientId)).Annotations);
    }

    [Fact]
    public async Task A_change_names_what_it_changes_and_all_else_stays()
    {
        var id = await _server.ClientInAsync(ClientState.Suspended);
        await _server.ActAsSentAsync(id, "annotate", """{"set":{"team":"a","tier":"gold"}}""");

        await _server.ActAsSentAsync(id, "annotate", """{"set":{"team":"b","new":"x"},"remove":["tier","unknown"],"reason":"moved"}""");

        var after = await _server.ClientAsync(id);
        Assert.Equal(
            [("new", "x"), ("team", "b")], after.Annotations.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        var recorded = (await _server.EventsAsync(new() { ClientId = id, Type = AuditEventType.ClientAnnotated }))
            .OrderBy(one => one.Sequence).Last();
        Assert.Equal(("admin", "moved", after.Revision), (recorded.Actor.Name, recorded.Reason, recorded.ClientRevision));
        Assert.Equal(
            [("annotations.new", "", "\"x\""), ("annotations.team", "\"a\"", "\"b\""), ("annotations.tier", "\"gold\"", "")],
            recorded.ClientUpdated.Members.Select(member => (member.Member, member.Before, member.After)));
    }

    [Fact]
    public async Task Clients_are_found_by_their_annotations()
    {
        var key = $"k{Guid.CreateVersion7():N}";
        var (first, second) = (await _server.ClientInAsync(ClientState.Active), await _server.ClientInAsync(ClientState.Pending));
        await _server.ActAsSentAsync(first, "annotate", $$"""{"set":{"{{key}}":"a=b"} }""");
        await _server.ActAsSentAsync(second, "annotate", $$"""{"set":{"{{key}}":""} }""");

        Assert.Equal(new[] { first, second }.Order(), (await FoundAsync(key)).Order());
        Assert.Equal([first], await FoundAsync($"{key}=a=b"));
        Assert.Equal([second], await FoundAsync($"{key}="));
        await _server.ActAsSentAsync(second, "annotate", $$"""{"remove":["{{key}}"]}""");
        Assert.Equal([first], await FoundAsync(key));
        (await _server.AdminAsync(HttpMethod.Get, "clients?filter.annotation=UPPER")).IsStatus(
            HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
    }

    [Theory]
    [InlineData("{}", "set")]
    [InlineData("""{"set":{"Team":"x"}}""", "set")]
    [InlineData("""{"set":{"":"x"}}""", "set")]
    [InlineData("""{"set":{"LONGKEY":"x"}}""", "set")]
    [InlineData("""{"set":{"team":"a\u0007b"}}""", "set")]
    [InlineData("""{"set":{"team":"LONGVALUE"}}""", "set")]
    [InlineData("""{"set":{"team":"x"},"remove":["team"]}""", "remove")]
    [InlineData("""{"remove":["a=b"]}""", "remove")]
    [InlineData("""{"set":["team"]}""", "set")]
    [InlineData("""{"set":{"team":7}}""", "set[\\\"team\\\"]")]
    [InlineData("""{"set":{"team":"a","team":"b"}}""", "set[\\\"team\\\"]")]
    [InlineData("SEVENTEEN", "set")]
    public async Task What_is_no_annotation_is_refused(string body, string field)
    {
        var id = await _server.ClientInAsync(ClientState.Active);
        var many = JsonSerializer.Serialize(new { set = Enumerable.Range(0, 17).ToDictionary(i => $"k{i}", i => "v") });

        var refused = await _server.ActAsSentAsync(
            id, "annotate", body.Replace("LONGKEY", new string('k', 64), StringComparison.Ordinal)
                .Replace("LONGVALUE", new string('v', 257), StringComparison.Ordinal).Replace("SEVENTEEN", many, StringComparison.Ordinal));

        refused.IsStatus(HttpStatusCode.BadRequest, (int)StatusCode.InvalidArgument, "INVALID_REQUEST");
        Assert.Contains($"\"field\":\"{field}\"", refused.Body, StringComparison.Ordinal);
        Assert.Empty((await _server.ClientAsync(id)).Annotations);
    }

    private async Task<IEnumerable<string>> FoundAsync(string annotation) =>
        (await _server.Administration().ListClientsAsync(new() { Filter = new() { Annotation = annotation } })).Clients
            .Select(client => client.ClientId);
}
