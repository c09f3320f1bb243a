using System.Net;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Audit;

/// <summary>What was done, by whom, and whether it worked.</summary>
public sealed class AuditTests(GatedServer shared) : IClassFixture<GatedServer>
{
    private const string Token = "Authorization: Bearer " + GatedServer.Token;

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Records_a_registration_with_its_metadata_address_and_admission()
    {
        var answer = await _server.RegisterAsync(
            Bodies.With("\"client_name\":\"Example\",\"scope\":\"openid\",\"contacts\":[\"alice@person.example\"]"), Token);
        var id = answer.IsRegistration().Text("client_id")!;

        var recorded = Assert.Single(await _server.EventsAsync(new() { ClientId = id }));

        Assert.Equal((AuditEventType.ClientRegistered, true), (recorded.Type, recorded.Succeeded));
        Assert.Equal(new Actor { Role = ActorRole.Client }, recorded.Actor);
        Assert.Equal(1, recorded.ClientRevision);
        Assert.Equal("127.0.0.1", recorded.SourceAddress);
        Assert.NotEmpty(recorded.CorrelationId);
        Assert.Equal(_server.Time.GetUtcNow().ToUnixTimeMilliseconds(), recorded.Time.ToDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal(GrpcDcr.V1.Admission.InitialAccessToken, recorded.ClientRegistered.Admission);
        var members = recorded.ClientRegistered.Members.ToDictionary(member => member.Member, member => member.After);
        Assert.Equal("\"Example\"", members["client_name"]);
        Assert.Equal("[\"https://client.example/cb\"]", members["redirect_uris"]);
        Assert.Equal("\"openid\"", members["scope"]);
        Assert.Equal("\"client_secret_basic\"", members["token_endpoint_auth_method"]);
        Assert.DoesNotContain("alice", recorded.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            _server.Log.All,
            line => line.Contains("CLIENT_REGISTERED", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_every_act_with_its_actor_and_reason()
    {
        var id = (await _server.RegisterAsync(Bodies.Smallest, Token)).Text("client_id")!;
        foreach (var act in new[] { "reject", "approve", "suspend", "reinstate", "rotateSecret" })
        {
            Assert.Equal(HttpStatusCode.OK, (await _server.ActAsync(id, act, $$"""{"reason":"to {{act}}"}""")).Status);
        }

        await _server.AdminAsync(HttpMethod.Delete, $"clients/{id}?reason=to%20delete");

        var events = (await _server.EventsAsync(new() { ClientId = id })).OrderBy(e => e.Sequence).ToList();
        Assert.Equal(
            [
                AuditEventType.ClientRegistered, AuditEventType.ClientRejected, AuditEventType.ClientApproved,
                AuditEventType.ClientSuspended,
                AuditEventType.ClientReinstated, AuditEventType.ClientSecretRotated, AuditEventType.ClientDeleted,
            ],
            events.Select(e => e.Type));
        Assert.Equal(
            ["to reject", "to approve", "to suspend", "to reinstate", "to rotateSecret", "to delete"],
            events.Skip(1).Select(e => e.Reason));
        Assert.All(
            events.Skip(1),
            e => Assert.Equal(
                (new Actor { Name = "admin", Role = ActorRole.Admin, AuthenticationMethod = AuthenticationMethod.Token }, true,
                    "127.0.0.1"),
                (e.Actor, e.Succeeded, e.SourceAddress)));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.ClientRevision));
        Assert.Equal(events.Count, events.Select(e => e.Sequence).Distinct().Count());
    }

    [Theory]
    [InlineData("reinstate", "{\"reason\":\"because\"}", AuditEventType.ClientReinstated, "STATE_FORBIDS")]
    [InlineData(
        "reissueRegistrationAccessToken", "{\"etag\":\"v77\"}", AuditEventType.RegistrationAccessTokenReissued, "ETAG_MISMATCH")]
    [InlineData("approve", "{\"reason\":\"because\",\"etag\":\"v77\"}", AuditEventType.ClientApproved, "ETAG_MISMATCH")]
    [InlineData("rotateSecret", "{\"reason\":\"because\",\"etag\":\"v77\"}", AuditEventType.ClientSecretRotated, "ETAG_MISMATCH")]
    [InlineData("reject", "{}", AuditEventType.ClientRejected, "INVALID_REQUEST")]
    [InlineData("approve", "{\"reason\":\"LONG\"}", AuditEventType.ClientApproved, "INVALID_REQUEST")]
    public async Task Records_an_act_that_failed_as_well(string act, string body, AuditEventType type, string reason)
    {
        var id = (await _server.RegisterAsync(Bodies.Smallest, Token)).Text("client_id")!;

        var answer = await _server.ActAsync(id, act, body.Replace("LONG", new string('x', 1001), StringComparison.Ordinal));

        Assert.InRange((int)answer.Status, 400, 499);
        var recorded = Assert.Single(await _server.EventsAsync(new() { ClientId = id, Type = type }));
        Assert.False(recorded.Succeeded);
        Assert.Equal(ActorRole.Admin, recorded.Actor.Role);
        Assert.Equal(reason, recorded.Refusal.Reason);
        Assert.NotEmpty(recorded.Refusal.Description);
        Assert.False(recorded.HasClientRevision);
    }

    [Fact]
    public async Task Finds_events_by_client_type_and_time()
    {
        await using var own = await RunningServer.StartAsync();
        var early = own.Time.GetUtcNow();
        var first = await own.ClientInAsync(ClientState.Active);
        own.Time.Advance(TimeSpan.FromMinutes(10));
        var late = own.Time.GetUtcNow().AddMilliseconds(-1);
        var second = await own.ClientInAsync(ClientState.Active);

        Assert.Equal(4, (await own.EventsAsync()).Count);
        Assert.Equal(2, (await own.EventsAsync(new() { ClientId = first })).Count);
        Assert.Equal(
            [second, first],
            (await own.EventsAsync(new() { Type = AuditEventType.ClientApproved })).Select(e => e.ClientId).OrderDescending());
        Assert.Equal([second], Ids(await own.EventsAsync(new() { StartTime = Timestamp.FromDateTimeOffset(late) })));
        Assert.Equal(
            [first],
            Ids(
                await own.EventsAsync(
                    new()
                    {
                        StartTime = Timestamp.FromDateTimeOffset(early.AddMinutes(-1)),
                        EndTime = Timestamp.FromDateTimeOffset(early.AddMinutes(5)),
                    })));
        Assert.Empty(await own.EventsAsync(new() { ClientId = first, StartTime = Timestamp.FromDateTimeOffset(late) }));
        Assert.Equal(4, (await own.EventsAsync(new() { PageSize = 1 })).Count);
    }

    private static IEnumerable<string> Ids(IEnumerable<AuditEvent> events) => events.Select(e => e.ClientId).Distinct();
}
