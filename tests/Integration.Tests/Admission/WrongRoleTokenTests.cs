using System.Globalization;
using System.Net;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>Guesses at the tokens of administrators and authorization servers.</summary>
public sealed class WrongRoleTokenTests
{
    private const string Guess = "guess-of-a-token-of-an-administrator";
    private const int Limit = 10;

    private static readonly ListAuditEventsRequest Refusals = new() { Type = AuditEventType.RoleTokenRefused };

    [Theory]
    [InlineData("Bearer " + Guess, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer a b c", HttpStatusCode.BadRequest)]
    public async Task Are_limited_at_the_admin_listener_and_the_right_token_works_meanwhile(string header, HttpStatusCode status)
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 30; i++)
        {
            var answer = await GetAsync(server, header);
            Assert.Equal(i < Limit ? status : HttpStatusCode.TooManyRequests, answer.Status);
        }

        var refused = (await GetAsync(server, header)).IsStatus(HttpStatusCode.TooManyRequests, 8, "RATE_LIMITED");
        var wait = int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(server, "Bearer " + RunningServer.AdminToken)).Status);
        server.Time.Advance(TimeSpan.FromSeconds(wait));
        Assert.Equal(status, (await GetAsync(server, header)).Status);
    }

    [Fact]
    public async Task Are_limited_at_the_internal_listener_in_the_same_budget()
    {
        await using var server = await StartAsync();
        await GetAsync(server, "Bearer " + Guess);
        for (var i = 1; i < 30; i++)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(
                async () => await server.Directory(Guess).GetClientAsync(new() { ClientId = "x" }));
            Assert.Equal(i < Limit ? StatusCode.Unauthenticated : StatusCode.ResourceExhausted, refusal.StatusCode);
        }

        var answered = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Directory().GetClientAsync(new() { ClientId = "x" }));
        Assert.Equal(StatusCode.NotFound, answered.StatusCode);
    }

    [Fact]
    public async Task Are_added_up_in_the_audit_log_and_logged_without_the_token()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await GetAsync(server, "Bearer " + Guess);
        }

        var first = await server.EventsAsync(Refusals);
        Assert.Equal(
            [("CREDENTIAL_INVALID", 1L), ("RATE_LIMITED", 1L)],
            first.Select(e => (e.RegistrationRefused.Reason, e.RegistrationRefused.Count)).Order());
        Assert.All(first, e => Assert.Equal(
            (false, "", ActorRole.Unspecified, "127.0.0.1"), (e.Succeeded, e.Actor.Name, e.Actor.Role, e.SourceAddress)));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var all = await server.EventuallyAsync(Refusals, events => events.Sum(e => e.RegistrationRefused.Count) == 30);
        Assert.Equal(4, all.Count);

        Assert.Equal(2, server.Log.All.Count(line => line.Contains("ROLE_TOKEN_REFUSED", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.Log.All, line => line.Contains(Guess, StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.All, line => line.Contains("(null)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_without_any_token_are_told_so_and_not_counted()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(server, null)).Status);
        }

        Assert.Empty(await server.EventsAsync(Refusals));
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync($"RateLimit:FailedRoleToken={Limit}");

    private static async Task<Answer> GetAsync(RunningServer server, string? authorization)
    {
        using var anonymous = new HttpClient { BaseAddress = server.AdminAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/clients");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await Answer.OfAsync(await anonymous.SendAsync(request));
    }
}
