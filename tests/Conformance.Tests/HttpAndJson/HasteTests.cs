using System.Net;
using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.HttpAndJson;

/// <summary>RFC 6585 section 4 and RFC 6749 section 2.3.1: who comes too often.</summary>
public sealed class HasteTests
{
    private const string Token = "DYNAMIC_CLIENT_REGISTRATION_TOKEN=initial-access-token";
    private const string Five = "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=5";

    [Fact]
    [Requirement("6585-01")]
    [Requirement("7591-3-07")]
    public async Task Allows_five_a_minute_unless_told_otherwise_and_says_when_to_come_again()
    {
        await using var server = await RunningServer.StartAsync("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=");
        for (var i = 0; i < 5; i++)
        {
            (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        }

        var refused = await server.RegisterAsync(Bodies.Smallest);

        refused.IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, "sixth");
        Assert.Matches("^[1-9][0-9]*\\z", Assert.Single(refused.Headers.GetValues("Retry-After")));
        server.Time.Advance(refused.Headers.RetryAfter!.Delta!.Value);
        (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
    }

    [Fact]
    [Requirement("6749-2.3.1-01")]
    public async Task Leaves_it_to_the_authorization_server_to_count_wrong_secrets()
    {
        await using var server = await RunningServer.StartAsync("RateLimit:Global=1", Five);
        var id = (await server.RegisteredAsync(Bodies.Smallest)).GetProperty("client_id").GetString();

        for (var i = 0; i < 50; i++)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(
                async () => await server.AuthenticateAsync(id, $"guess-{i}"));
            Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
        }
    }

    [Theory]
    [InlineData("Authorization: Bearer wrong", 401)]
    [InlineData("X-Nothing: sent", 401)]
    [InlineData("Authorization: Bearer a b c", 400)]
    [InlineData("Authorization: Bearer initial-access-token", 400)]
    [Requirement("7591-3-07")]
    [Requirement("6749-2.3.1-01")]
    public async Task A_flood_of_garbage_meets_the_rate_limit(string header, int status)
    {
        await using var server = await RunningServer.StartAsync(Token, Five);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(status, (int)(await server.RegisterAsync("{garbage", header)).Status);
        }

        for (var i = 0; i < 20; i++)
        {
            (await server.RegisterAsync("{garbage", header)).IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, header);
        }
    }
}
