using System.Net;
using System.Net.Http.Headers;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>The keys of the issuer of JWTs: rotated, wrong, or not to be had.</summary>
public sealed class JwtIssuerTests
{
    [Fact]
    public async Task A_new_key_is_found_by_the_first_call_that_needs_it()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await RunningServer.StartAsync(issuer.Settings);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));

        (issuer.Key, issuer.KeyId) = (SigningKey.NewP256(), "second");
        server.Time.Advance(JwtIssuerKeys.Pace);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_the_service_ask_again_and_again()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await RunningServer.StartAsync(issuer.Settings);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
        var before = issuer.Requests;
        var foreign = issuer.Token(server.Time.GetUtcNow()).Split('.');
        var token = $"{SigningKey.Encode("""{"alg":"ES256","typ":"at+jwt","kid":"of-nobody"}""")}.{foreign[1]}.{foreign[2]}";
        server.Time.Advance(JwtIssuerKeys.Pace);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, token));
        }

        Assert.Equal(before + 2, issuer.Requests);
    }

    [Fact]
    public async Task While_it_is_down_configured_tokens_work_and_JWTs_are_told_to_come_back()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.IsDown = true;
        await using var server = await RunningServer.StartAsync(issuer.Settings);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, RunningServer.AdminToken));
        var refused = (await GetAsync(server, issuer.Token(server.Time.GetUtcNow())))
            .IsStatus(HttpStatusCode.ServiceUnavailable, 14, "TOKEN_ISSUER_UNAVAILABLE");
        Assert.Equal("5", Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Contains(server.Log.All, line => line.Contains("JWT_ISSUER_UNAVAILABLE", StringComparison.Ordinal));

        issuer.IsDown = false;
        server.Time.Advance(JwtIssuerKeys.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
    }

    [Fact]
    public async Task Its_last_keys_are_used_for_a_day_while_it_is_down()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await RunningServer.StartAsync([.. issuer.Settings, "Storage:LiteDb:CacheBytes=1048576"]);
        var fetched = server.Time.GetUtcNow();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, issuer.Token(fetched)));
        issuer.IsDown = true;

        server.Time.SetUtcNow(fetched + JwtIssuerKeys.MaxAge - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
    }

    [Fact]
    public async Task One_that_says_it_is_another_is_not_believed()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.ClaimedIssuer = "https://other.example";
        await using var server = await RunningServer.StartAsync(issuer.Settings);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
        Assert.Contains(server.Log.All, line => line.Contains("names another issuer", StringComparison.Ordinal));
    }

    /// <summary>Plain HTTP is for the one issuer that the configuration names; the rest goes by the rules of the fetcher.</summary>
    [Fact]
    public async Task Its_keys_are_not_fetched_from_another_place_inside()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var other = await TestIssuer.StartAsync();
        issuer.KeysAt = other.Authority + "/jwks";
        await using var server = await RunningServer.StartAsync(issuer.Settings);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(server, issuer.Token(server.Time.GetUtcNow())));
        Assert.Equal(0, other.Requests);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string token) => (await GetAsync(server, token)).Status;

    private static async Task<Answer> GetAsync(RunningServer server, string token)
    {
        using var client = new HttpClient { BaseAddress = server.AdminAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Answer.OfAsync(await client.GetAsync("/admin/v1/clients"));
    }
}
