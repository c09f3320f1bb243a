using System.Diagnostics;
using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 section 2: nobody learns which clients exist, and nobody gets in without the client's own token.</summary>
public sealed class RefusalTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7592-2-07")]
    [Requirement("7592-2.1-05")]
    [Requirement("OIDR-4.4-02")]
    public async Task Unknown_client_foreign_token_and_deleted_client_look_the_same()
    {
        var answers = new List<string>();
        foreach (var client in await StrangersAsync())
        {
            foreach (var call in new[]
            {
                client.ReadAsync(),
                client.UpdateAsync("\"redirect_uris\":[1]"),
                client.PutAsync("not json"),
                client.DeleteAsync(),
            })
            {
                var answer = (await call).IsUnknownToken();
                var headers = answer.Headers.Where(header => header.Key is not "Date" and not "X-Request-ID")
                    .Select(header => $"{header.Key}={string.Join(',', header.Value)}");
                answers.Add($"{answer.Status} {string.Join("; ", headers)} {answer.Body}");
            }
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    [Requirement("7592-2-07")]
    public async Task They_take_the_same_time()
    {
        var strangers = await StrangersAsync();
        var times = strangers.ToDictionary(client => client, _ => new List<double>());
        for (var round = 0; round < 20; round++)
        {
            foreach (var client in strangers)
            {
                var started = Stopwatch.GetTimestamp();
                await client.ReadAsync();
                times[client].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        // Without the time that every refusal takes, the quickest of them are well below it.
        Assert.All(times.Values, taken => Assert.True(taken.Min() >= 3, $"{taken.Min()} ms"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [Requirement("7592-2.2-19")]
    public async Task Answers_before_the_body_is_sent(string method)
    {
        using var request = await RawRequest.OpenAsync(_server.PublicAddress);
        await request.SendAsync(
            $"{method} /oauth/register/01a21680-912f-7748-8d6d-a8626d876de3 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");

        Assert.Equal(401, (await request.AnswerAsync()).Status);
    }

    [Fact]
    [Requirement("6749-2.3.1-01")]
    public async Task Whoever_guesses_is_stopped_and_whoever_owns_is_not()
    {
        await using var limited = await RunningServer.StartAsync("RateLimit:FailedManagement=3");
        var client = await OwnRecord.RegisterAsync(limited);
        var guess = client.With(new string('A', 43) + client.Token[43..]);
        for (var i = 0; i < 3; i++)
        {
            (await guess.ReadAsync()).IsUnknownToken();
        }

        var stopped = await guess.ReadAsync();

        stopped.IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, stopped.Body);
        Assert.NotEmpty(stopped.Headers.GetValues("Retry-After"));
        (await client.ReadAsync()).IsRecord();
    }

    [Fact]
    public async Task Limits_what_clients_of_one_address_do()
    {
        await using var limited = await RunningServer.StartAsync("RateLimit:Management=2");
        var client = await OwnRecord.RegisterAsync(limited);
        (await client.ReadAsync()).IsRecord();
        (await client.ReadAsync()).IsRecord();

        var stopped = await client.ReadAsync();

        stopped.IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, stopped.Body);
    }

    [Theory]
    [InlineData("read update", "DELETE", 405)]
    [InlineData("read", "PUT", 405)]
    [InlineData("update delete", "GET", 405)]
    [Requirement("7592-2.3-05")]
    public async Task What_the_server_does_not_offer_is_not_allowed(string offered, string method, int status)
    {
        await using var narrow = await RunningServer.StartAsync($"Registration:Management={offered}");
        var client = await OwnRecord.RegisterAsync(narrow);

        var answer = await narrow.SendAsync(new HttpMethod(method), client.Path, null, "Authorization: Bearer " + client.Token);

        Assert.Equal(status, (int)answer.Status);
        Assert.DoesNotContain(method, answer.ContentHeaders.Allow);
        Assert.Equal(offered.Split(' ').Length, answer.ContentHeaders.Allow.Count(allowed => allowed != "HEAD"));
        Assert.Equal(offered.Contains("read", StringComparison.Ordinal), answer.ContentHeaders.Allow.Contains("HEAD"));
    }

    [Theory]
    [InlineData("update delete", "GET")]
    [InlineData("read delete", "PUT")]
    [InlineData("read update", "DELETE")]
    [Requirement("7592-2.1-06")]
    [Requirement("7592-2.3-06")]
    public async Task What_a_profile_does_not_permit_is_forbidden(string permitted, string method)
    {
        await using var narrow = await RunningServer.StartAsync($"Registration:Profiles:Anonymous:Management={permitted}");
        var client = await OwnRecord.RegisterAsync(narrow);

        var answer = await narrow.SendAsync(new HttpMethod(method), client.Path, null, "Authorization: Bearer " + client.Token);

        answer.IsRefusal("insufficient_scope", HttpStatusCode.Forbidden, answer.Body);
        Assert.Equal("insufficient_scope", Challenge.Of(answer)["error"]);
        Assert.Equal(1, await narrow.CountClientsAsync());
    }

    /// <summary>An unknown client, a client with the token of another, a client that is gone, and an act of an administrator.</summary>
    private async Task<IReadOnlyList<OwnRecord>> StrangersAsync()
    {
        var (known, other, gone, removed) = (
            await OwnRecord.RegisterAsync(_server), await OwnRecord.RegisterAsync(_server),
            await OwnRecord.RegisterAsync(_server), await OwnRecord.RegisterAsync(_server));
        Assert.Equal(HttpStatusCode.NoContent, (await gone.DeleteAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.AdminAsync(HttpMethod.Delete, $"clients/{removed.ClientId}")).Status);
        return
        [
            known with { ClientId = Guid.CreateVersion7(_server.Time.GetUtcNow()).ToString() },
            known with { Token = other.Token },
            known with { Token = known.Token[..^1] + (known.Token[^1] == 'A' ? 'Q' : 'A') },
            known with { Token = "short" },
            gone,
            removed,
        ];
    }
}
