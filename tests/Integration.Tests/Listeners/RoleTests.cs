using System.Net;
using System.Net.Http.Headers;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Who may do what at the internal and admin listeners.</summary>
public sealed class RoleTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated, "invalid_token")]
    [InlineData("wrong", StatusCode.Unauthenticated, "invalid_token")]
    [InlineData(RunningServer.DirectoryToken, StatusCode.PermissionDenied, "insufficient_scope")]
    public async Task Only_administrators_administrate(string? token, StatusCode status, string reason)
    {
        await RefusedAsync(status, reason, () => _server.Administration(token).ListClientsAsync(new ListClientsRequest()).ResponseAsync);
        await RefusedAsync(status, reason, () => _server.AuditLog(token).ListAuditEventsAsync(new ListAuditEventsRequest()).ResponseAsync);
        var storage = new StorageAdministration.StorageAdministrationClient(_server.As(token));
        await RefusedAsync(status, reason, () => storage.BackUpStorageAsync(new BackUpStorageRequest()).ResponseAsync);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Nobody_uses_the_directory_without_a_role(string? token)
    {
        await RefusedAsync(() => _server.Directory(token).GetClientAsync(new GetClientRequest()).ResponseAsync);
        await RefusedAsync(() => _server.Directory(token).AuthenticateClientAsync(new AuthenticateClientRequest()).ResponseAsync);
        await RefusedAsync(() => _server.Directory(token).CheckRedirectUriAsync(new CheckRedirectUriRequest()).ResponseAsync);
    }

    [Fact]
    public async Task No_role_reveals_secrets_but_the_one_for_it() => await RefusedAsync(
        StatusCode.PermissionDenied,
        "insufficient_scope",
        () => _server.Directory(RunningServer.OperatorToken).RevealClientSecretAsync(new RevealClientSecretRequest()).ResponseAsync);

    [Theory]
    [InlineData(RunningServer.DirectoryToken)]
    [InlineData(RunningServer.OperatorToken)]
    public async Task Both_roles_use_the_directory(string token)
    {
        var client = await _server.RegisteredAsync(Bodies.Smallest);

        var seen = await _server.Directory(token).GetClientAsync(new() { ClientId = client.GetProperty("client_id").GetString() });

        Assert.Equal(GrpcDcr.V1.ClientState.Pending, seen.Client.State);
    }

    [Fact]
    public async Task Everybody_at_the_internal_listener_may_ask_for_health()
    {
        var health = await new Health.HealthClient(_server.Inner).CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Reflection_names_every_service_to_whom_has_a_role()
    {
        using var stream = new ServerReflection.ServerReflectionClient(_server.As(RunningServer.DirectoryToken)).ServerReflectionInfo();
        await stream.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));

        var services = stream.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToList();
        await stream.RequestStream.CompleteAsync();

        Assert.All(
            ["ClientRegistration", "ClientDirectory", "ClientAdministration", "AuditLog", "StorageAdministration"],
            name => Assert.Contains("grpcdcr.v1." + name, services));
    }

    [Fact]
    public async Task Reflection_is_closed_to_others()
    {
        using var stream = new ServerReflection.ServerReflectionClient(_server.Inner).ServerReflectionInfo();

        var refusal = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, 16, null)]
    [InlineData("wrong", HttpStatusCode.Unauthorized, 16, "invalid_token")]
    [InlineData(RunningServer.DirectoryToken, HttpStatusCode.Forbidden, 7, "insufficient_scope")]
    public async Task The_admin_listener_asks_for_a_role_before_it_reads(string? token, HttpStatusCode status, int code, string? error)
    {
        using var anybody = new HttpClient { BaseAddress = _server.OperatorAddress };
        anybody.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        foreach (var path in new[] { "/admin/v1/clients", "/admin/v1/clients/x", "/admin/v1/audit-events", "/admin/v1/clients?state=nonsense" })
        {
            var answer = await Answer.OfAsync(await anybody.GetAsync(path));
            Assert.Equal((status, code), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
            Assert.Equal(error, Challenge.Of(answer).GetValueOrDefault("error"));
        }

        var garbage = await Answer.OfAsync(await anybody.PostAsync("/admin/v1/clients/x:approve", Bodies.Json("{garbage")));
        Assert.Equal(status, garbage.Status);
    }

    private static Task RefusedAsync(Func<Task> call) => RefusedAsync(StatusCode.Unauthenticated, "invalid_token", call);

    private static async Task RefusedAsync(StatusCode status, string reason, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(status, refusal.StatusCode);
        var info = refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((reason, "grpcdcr"), (info.Reason, info.Domain));
    }
}
