using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>The gate decides with no byte of the body read: the body never comes, and the answer does.</summary>
public sealed class UnreadBodyTests
{
    private const string Token = "DYNAMIC_CLIENT_REGISTRATION_TOKEN=initial-access-token";

    [Theory]
    [InlineData("X-Nothing: sent", 401)]
    [InlineData("Authorization: Bearer wrong", 401)]
    [InlineData("Authorization: Bearer not one", 400)]
    [InlineData("Expect: 100-continue", 401)]
    public async Task Answers_over_http(string header, int status)
    {
        await using var server = await RunningServer.StartAsync(Token);
        using var request = await RawRequest.RegistrationAsync(
            server.PublicAddress, "Content-Type: application/json", "Content-Length: 1000", header);

        Assert.Equal(status, (await request.AnswerAsync()).Status);
    }

    [Theory]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION=false", 403)]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=1", 429)]
    public async Task Answers_over_http_what_needs_no_token(string setting, int status)
    {
        await using var server = await RunningServer.StartAsync(setting);
        await server.RegisterAsync(Bodies.Smallest);
        using var request = await RawRequest.RegistrationAsync(
            server.PublicAddress, "Content-Type: application/json", "Transfer-Encoding: chunked");
        if (status == 403)
        {
            Assert.Equal(403, (await request.AnswerAsync()).Status);
        }
        else
        {
            Assert.True((await request.AnswerAsync()).Headers.ContainsKey("Retry-After"));
        }
    }

    [Theory]
    [InlineData(Token, StatusCode.Unauthenticated)]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION=false", StatusCode.PermissionDenied)]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=1", StatusCode.ResourceExhausted)]
    public async Task Answers_over_grpc(string setting, StatusCode status)
    {
        await using var server = await RunningServer.StartAsync(setting);
        await server.RegisterAsync(Bodies.Smallest);

        using var call = await NativeCall.RegisterWithoutEndAsync(server, token: null);

        Assert.Equal(status, call.Status);
    }
}
