using System.Net;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Audit;

/// <summary>Refusals are recorded, and a flood of them does not fill the disk.</summary>
public sealed class RefusalTests
{
    private static readonly ListAuditEventsRequest Refusals = new() { Type = AuditEventType.RegistrationRefused };

    [Fact]
    public async Task Records_the_first_refusal_of_a_kind_at_once()
    {
        await using var server = await RunningServer.StartAsync();

        await server.RefusedAsync("invalid_redirect_uri", "{}");

        var recorded = Assert.Single(await server.EventsAsync(Refusals));
        Assert.Equal(
            new RegistrationRefusedDetail
            {
                Reason = "INVALID_REDIRECT_URI",
                OauthError = "invalid_redirect_uri",
                Member = "redirect_uris",
                Count = 1,
            },
            recorded.RegistrationRefused);
        Assert.Equal((false, ActorRole.Client, "127.0.0.1"), (recorded.Succeeded, recorded.Actor.Role, recorded.SourceAddress));
    }

    [Fact]
    public async Task A_refused_request_of_a_client_names_the_client_and_no_other_line_says_null()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await OwnRecord.RegisterAsync(server);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.UpdateAsync("\"redirect_uris\":[\"http://evil.example/\"]")).Status);
        await server.ActAsync(client.ClientId, "reject");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"]")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.With("wrong").ReadAsync()).Status);

        var events = await server.EventsAsync(new() { Type = AuditEventType.ClientRequestRefused, ClientId = client.ClientId });
        Assert.Equal(
            [("INVALID_REDIRECT_URI", client.ClientId, false), ("UPDATE_FORBIDDEN", client.ClientId, false)],
            events.Select(one => (one.RegistrationRefused.Reason, one.Actor.Name, one.Succeeded)));
        Assert.Equal("", Assert.Single(await server.EventsAsync(Refusals)).ClientId);
        Assert.DoesNotContain("(null)", string.Join('\n', server.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adds_up_a_flood()
    {
        await using var server = await RunningServer.StartAsync();
        string[] bodies =
        [
            "{}", "[]", "{garbage", Bodies.With("\"scope\":\"nonsense\""), Bodies.With("\"client_name#ja\":1"), Bodies.With(
                "\"grant_types\":[\"x\"]"),
        ];

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var answer = await server.RegisterAsync(
                bodies[i % bodies.Length].Replace("nonsense", "nonsense" + i, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        });

        Assert.InRange((await server.EventsAsync(Refusals)).Count, 1, bodies.Length);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var events = await server.EventuallyAsync(Refusals, all => Total(all) == 10_000);
        Assert.InRange(events.Count, 2, 2 * bodies.Length);
    }

    [Fact]
    public async Task Starts_anew_each_minute_and_forgets_nothing_when_the_service_stops()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        await using (var server = await RunningServer.StartInAsync(folder))
        {
            await server.RegisterAsync("{}");
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await server.EventuallyAsync(Refusals, all => all.Count == 1);
            await server.RegisterAsync("{}");
            await server.RegisterAsync("{}");
            await server.RegisterAsync("{}");
        }

        await using (var again = await RunningServer.StartInAsync(folder))
        {
            Assert.Equal(4, Total(await again.EventsAsync(Refusals)));
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("too_many_requests", "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=1")]
    [InlineData("registration_not_supported", "ENABLE_DYNAMIC_CLIENT_REGISTRATION=false")]
    [InlineData("invalid_token", "DYNAMIC_CLIENT_REGISTRATION_TOKEN=initial-access-token")]
    public async Task Records_why_the_gate_refused(string error, string setting)
    {
        await using var server = await RunningServer.StartAsync(setting);
        await server.RegisterAsync(Bodies.Smallest);
        await server.RegisterAsync(Bodies.Smallest);

        var recorded = Assert.Single(await server.EventsAsync(Refusals));

        Assert.Equal(error, recorded.RegistrationRefused.OauthError);
    }

    private static long Total(IEnumerable<AuditEvent> events) => events.Sum(e => e.RegistrationRefused.Count);
}
