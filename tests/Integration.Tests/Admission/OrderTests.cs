using System.Net;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>Whether registration is enabled, then the token, each refusal counted; then the rate limit, and only then the body.</summary>
public sealed class OrderTests
{
    private const string Token = "DYNAMIC_CLIENT_REGISTRATION_TOKEN=initial-access-token";
    private const string Off = "ENABLE_DYNAMIC_CLIENT_REGISTRATION=false";
    private const string Five = "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=5";

    [Theory]
    [InlineData("wrong", StatusCode.Unauthenticated)]
    [InlineData(null, StatusCode.Unauthenticated)]
    [InlineData("a b c", StatusCode.InvalidArgument)]
    public async Task A_flood_of_garbage_meets_the_rate_limit_over_grpc(string? token, StatusCode status)
    {
        await using var server = await RunningServer.StartAsync(Token, Five);

        for (var i = 0; i < 20; i++)
        {
            using var call = await NativeCall.RegisterAsync(server, [0, 0, 0, 0, 3, 255, 255, 255], token);
            Assert.Equal(i < 5 ? status : StatusCode.ResourceExhausted, call.Status);
        }
    }

    [Fact]
    public async Task Being_switched_off_comes_before_the_token_and_is_counted()
    {
        await using var server = await RunningServer.StartAsync(Token, Off, "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=3");

        foreach (var header in new[] { "Authorization: Bearer wrong", "Authorization: Bearer", "X-Nothing: sent" })
        {
            (await server.RegisterAsync("{garbage", header)).IsRefusal("registration_not_supported", HttpStatusCode.Forbidden, header);
        }

        (await server.RegisterAsync("{garbage")).IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, "fourth");
    }

    [Fact]
    public async Task Tells_grpc_callers_that_it_is_switched_off()
    {
        await using var server = await RunningServer.StartAsync(Off);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Registration().RegisterClientAsync(new() { Metadata = new() }));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        Assert.Equal("REGISTRATION_DISABLED", refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task The_two_listeners_share_one_limit()
    {
        await using var server = await RunningServer.StartAsync("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=2");
        (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        await server.Registration().RegisterClientAsync(new() { Metadata = new() { RedirectUris = { "https://client.example/cb" } } });

        (await server.RegisterAsync(Bodies.Smallest)).IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, "http");
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Registration().RegisterClientAsync(new() { Metadata = new() }));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.True(refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_grpc_caller_registers_with_the_token()
    {
        await using var server = await RunningServer.StartAsync(Token);

        var answer = await server.Registration("initial-access-token").RegisterClientAsync(
            new() { Metadata = new() { RedirectUris = { "https://client.example/cb" } } });

        var client = await server.Administration().GetClientAsync(new() { ClientId = answer.ClientInformation.ClientId });
        Assert.Equal(V1.Admission.InitialAccessToken, client.Client.Admission);
    }
}
