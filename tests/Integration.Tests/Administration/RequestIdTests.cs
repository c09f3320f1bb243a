using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Calls that issue a credential are safe to repeat by their <c>request_id</c>: each does its work once.</summary>
public sealed class RequestIdTests : IAsyncLifetime
{
    private RunningServer? _running;

    private RunningServer Server => _running!;

    public async ValueTask InitializeAsync() => _running = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task A_repeated_registration_registers_nothing_and_names_the_client()
    {
        var request = new RegisterClientRequest { Metadata = Metadata("One"), RequestId = $"{Guid.CreateVersion7()}" };
        var client = (await Server.Registration().RegisterClientAsync(request)).ClientInformation;
        request.Metadata = Metadata("Two");
        request.RequestId = request.RequestId.ToUpperInvariant();

        await DoneAsync(async () => await Server.Registration().RegisterClientAsync(request), "client_id", client.ClientId);

        Assert.Equal(1, await Server.CountClientsAsync());
    }

    [Fact]
    public async Task Of_registrations_at_once_one_is_done()
    {
        var request = new RegisterClientRequest { Metadata = Metadata("One"), RequestId = $"{Guid.CreateVersion7()}" };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            try
            {
                await Server.Registration().RegisterClientAsync(request);
                return StatusCode.OK;
            }
            catch (RpcException refused)
            {
                return refused.StatusCode;
            }
        }));

        Assert.Equal([StatusCode.OK, StatusCode.AlreadyExists, StatusCode.AlreadyExists], outcomes.Order());
        Assert.Equal(1, await Server.CountClientsAsync());
    }

    [Fact]
    public async Task A_repeated_rotation_keeps_the_secret_even_with_the_etag_of_before()
    {
        var id = await Server.ClientInAsync(ClientState.Active);
        var before = await Server.ClientAsync(id);
        var request = new RotateClientSecretRequest { ClientId = id, Etag = before.Etag, RequestId = $"{Guid.CreateVersion7()}" };

        var rotated = await Server.Administration().RotateClientSecretAsync(request);
        await DoneAsync(async () => await Server.Administration().RotateClientSecretAsync(request), "client_id", id);

        Assert.Equal(rotated.Client.Etag, (await Server.ClientAsync(id)).Etag);
        var authenticated = await Server.AuthenticateAsync(id, rotated.ClientSecret);
        Assert.Equal(id, authenticated.Client.ClientId);
    }

    [Fact]
    public async Task A_repeated_issue_issues_nothing_and_names_the_token()
    {
        var tokens = new InitialAccessTokens.InitialAccessTokensClient(Server.As(RunningServer.AdminToken));
        var request = new IssueInitialAccessTokenRequest { Label = "one", RequestId = $"{Guid.CreateVersion7()}" };

        var issued = await tokens.IssueInitialAccessTokenAsync(request);
        await DoneAsync(
            async () => await tokens.IssueInitialAccessTokenAsync(request),
            "initial_access_token_id",
            issued.InitialAccessToken.InitialAccessTokenId);

        Assert.Single((await tokens.ListInitialAccessTokensAsync(new())).InitialAccessTokens);
    }

    [Fact]
    public async Task One_name_means_another_thing_in_another_call()
    {
        var name = $"{Guid.CreateVersion7()}";
        await Server.Registration().RegisterClientAsync(new() { Metadata = Metadata("One"), RequestId = name });

        var id = (await Server.Registration().RegisterClientAsync(new() { Metadata = Metadata("Two") })).ClientInformation.ClientId;
        await Server.Administration().RotateClientSecretAsync(new() { ClientId = id, RequestId = name });

        Assert.Equal(2, await Server.CountClientsAsync());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0190b6a4000070008000000000000000")]
    [InlineData("{0190b6a4-0000-7000-8000-000000000000}")]
    public async Task What_is_no_uuid_is_refused(string name)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Server.Registration().RegisterClientAsync(new() { Metadata = Metadata("One"), RequestId = name }));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("request_id", Assert.Single(refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
        Assert.Equal(0, await Server.CountClientsAsync());
    }

    private static ClientMetadata Metadata(string name) => new() { ClientName = name, RedirectUris = { "https://client.example/cb" } };

    private static async Task DoneAsync(Func<Task> call, string key, string id)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        var info = refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ALREADY_DONE"), (refused.StatusCode, info.Reason));
        Assert.Equal(id, info.Metadata[key]);
    }
}
