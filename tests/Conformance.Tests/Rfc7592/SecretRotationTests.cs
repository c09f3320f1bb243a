using Grpc.Core;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 section 2.2: new secrets by updates, and how long the old ones work.</summary>
public sealed class SecretRotationTests
{
    private const string SmallestUpdate = "\"redirect_uris\":[\"https://client.example/cb\"]";

    [Fact]
    [Requirement("7592-2.2-18")]
    public async Task Two_secrets_work_while_they_overlap()
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:SecretRotation=OnUpdate", "Registration:SecretOverlap=01:00:00", "Registration:Approval=Automatic");
        var client = await OwnRecord.RegisterAsync(server);

        var renewed = (await client.UpdateAsync(SmallestUpdate)).IsRecord().Text("client_secret")!;

        Assert.NotEqual(client.Secret, renewed);
        await WorksAsync(client, client.Secret!);
        await WorksAsync(client, renewed);
        server.Time.Advance(TimeSpan.FromMinutes(61));
        await FailsAsync(client, client.Secret!);
        await WorksAsync(client, renewed);
    }

    [Fact]
    public async Task Without_overlap_the_old_secret_ends_at_once()
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:SecretRotation=OnUpdate", "Registration:SecretOverlap=00:00:00", "Registration:Approval=Automatic");
        var client = await OwnRecord.RegisterAsync(server);

        await client.UpdateAsync(SmallestUpdate);

        await FailsAsync(client, client.Secret!);
    }

    [Fact]
    [Requirement("7592-5-01")]
    public async Task An_expired_secret_is_renewed_with_the_token_which_does_not_expire()
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:SecretLifetime=10.00:00:00", "Registration:Approval=Automatic");
        var client = await OwnRecord.RegisterAsync(server);
        var early = (await client.UpdateAsync(SmallestUpdate)).IsRecord();
        Assert.Null(early.Text("client_secret"));

        server.Time.Advance(TimeSpan.FromDays(11));
        await FailsAsync(client, client.Secret!);
        var read = (await client.ReadAsync()).IsRecord();
        var renewed = (await client.UpdateAsync(SmallestUpdate)).IsRecord();

        Assert.True(read.Json.GetProperty("client_secret_expires_at").GetInt64() < server.Time.GetUtcNow().ToUnixTimeSeconds());
        await WorksAsync(client, renewed.Text("client_secret")!);
        Assert.True(renewed.Json.GetProperty("client_secret_expires_at").GetInt64() > server.Time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    [Requirement("7592-2.2-05")]
    public async Task Shows_a_secret_that_the_update_proved_and_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await OwnRecord.RegisterAsync(server);

        var proved = (await client.UpdateAsync($"\"client_secret\":\"{client.Secret}\",{SmallestUpdate}")).IsRecord();
        var silent = (await client.UpdateAsync(SmallestUpdate)).IsRecord();

        Assert.Equal(client.Secret, proved.Text("client_secret"));
        Assert.Null(silent.Text("client_secret"));
        Assert.Equal(0, silent.Json.GetProperty("client_secret_expires_at").GetInt64());
    }

    [Fact]
    [Requirement("7592-2.2-18")]
    public async Task A_change_of_method_issues_and_ends_secrets()
    {
        await using var server = await RunningServer.StartAsync("Registration:Approval=Automatic");
        var client = await OwnRecord.RegisterAsync(server);

        var none = (await client.UpdateAsync(SmallestUpdate + ",\"token_endpoint_auth_method\":\"none\"")).IsRecord();
        Assert.False(none.Json.TryGetProperty("client_secret_expires_at", out _));
        await FailsAsync(client, client.Secret!, StatusCode.FailedPrecondition);
        var post = (await client.UpdateAsync(SmallestUpdate + ",\"token_endpoint_auth_method\":\"client_secret_post\"")).IsRecord();

        await WorksAsync(client, post.Text("client_secret")!, "client_secret_post");
        await FailsAsync(client, client.Secret!);
    }

    [Fact]
    public async Task An_administrator_ends_both_secrets_at_once()
    {
        await using var server = await RunningServer.StartAsync("Registration:SecretRotation=OnUpdate", "Registration:Approval=Automatic");
        var client = await OwnRecord.RegisterAsync(server);
        var renewed = (await client.UpdateAsync(SmallestUpdate)).IsRecord().Text("client_secret")!;

        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.ActAsync(client.ClientId, "rotateSecret")).Status);

        await FailsAsync(client, client.Secret!);
        await FailsAsync(client, renewed);
    }

    private static async Task WorksAsync(OwnRecord client, string secret, string method = "client_secret_basic") => Assert.Equal(
        client.ClientId, (await client.Server.AuthenticateAsync(client.ClientId, secret, method)).Client.ClientId);

    private static async Task FailsAsync(OwnRecord client, string secret, StatusCode status = StatusCode.Unauthenticated)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.Server.AuthenticateAsync(client.ClientId, secret));
        Assert.Equal(status, refused.StatusCode);
    }
}
